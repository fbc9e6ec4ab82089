using Engagement.Participation.Application;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class ParticipationDbContext(DbContextOptions<ParticipationDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new ParticipationPublishedEvents()), IParticipationDb
{
    public const string SchemaName = "participation";

    /// <summary>Beside the history: what the runtime role may insert and read, never change.</summary>
    public static readonly string[] AppendOnlyTables = ["questionnaire_version", "response_version", "erasure"];

    public override string Schema => SchemaName;

    public DbSet<Questionnaire> Questionnaires => Set<Questionnaire>();

    public DbSet<QuestionnaireVersion> QuestionnaireVersions => Set<QuestionnaireVersion>();

    public DbSet<ResponseForm> Forms => Set<ResponseForm>();

    public DbSet<Response> Responses => Set<Response>();

    public DbSet<ResponseVersion> ResponseVersions => Set<ResponseVersion>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<ContactResponse> ContactResponses => Set<ContactResponse>();

    public DbSet<EqualityAnswerSet> EqualityAnswers => Set<EqualityAnswerSet>();

    public DbSet<Draft> Drafts => Set<Draft>();

    public DbSet<Announcement> Announcements => Set<Announcement>();

    public DbSet<Subscriber> Subscribers => Set<Subscriber>();

    public DbSet<UpdatesRequest> UpdatesRequests => Set<UpdatesRequest>();

    public DbSet<Erasure> Erasures => Set<Erasure>();
}
