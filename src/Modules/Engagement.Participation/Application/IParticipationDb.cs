using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Platform.Audit;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Engagement.Participation.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IParticipationDb : IModuleDb
{
    DbSet<Questionnaire> Questionnaires { get; }

    DbSet<QuestionnaireVersion> QuestionnaireVersions { get; }

    DbSet<ResponseForm> Forms { get; }

    DbSet<Response> Responses { get; }

    DbSet<ResponseVersion> ResponseVersions { get; }

    DbSet<Contact> Contacts { get; }

    DbSet<ContactResponse> ContactResponses { get; }

    DbSet<EqualityAnswerSet> EqualityAnswers { get; }

    DbSet<Draft> Drafts { get; }

    DbSet<Announcement> Announcements { get; }

    DbSet<Subscriber> Subscribers { get; }

    DbSet<UpdatesRequest> UpdatesRequests { get; }

    DbSet<Erasure> Erasures { get; }

    DbSet<HistoryEntry> History { get; }

    DbSet<Notification> Notifications { get; }

    DatabaseFacade Database { get; }

    ChangeTracker ChangeTracker { get; }
}
