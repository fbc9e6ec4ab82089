using Engagement.Participation.Api;
using Engagement.Participation.Application;
using Engagement.Participation.Application.Bundles;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Bundles;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Participation;

public static class ParticipationModule
{
    public static IServiceCollection AddParticipation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<ParticipationDbContext, IParticipationDb>(ParticipationDbContext.SchemaName, ParticipationDbContext.AppendOnlyTables);
        services.AddRequestHandlers(typeof(ParticipationModule).Assembly);
        services.AddIntegrationEventHandlers<ParticipationDbContext>(ParticipationDbContext.SchemaName);
        services.Configure<ParticipationOptions>(configuration.GetSection(ParticipationOptions.Section));
        services.Configure<SiteOptions>(configuration.GetSection(SiteOptions.Section));
        services.AddSingleton<QuestionnaireCache>();
        services.AddSingleton<ResponseFormCache>();
        services.AddScoped<ResponseForms>();
        services.AddSingleton<WaitingResponses>();
        services.AddScoped<IResponseStore, ResponseStore>();
        services.AddScoped<ContactKeeper>();
        services.AddScoped<OwnResponses>();
        services.AddScoped<OwnDrafts>();
        services.AddScoped<Erasures>();
        services.AddScoped<IDraftStore, DraftStore>();
        services.AddBundleSection<QuestionnaireBundleSection>();
        services.AddBundleSection<ResponsesBundleSection>();
        services.AddBundleSection<EqualityBundleSection>();
        services.DescribeAnswers();
        services.AddSampleNotices();
        services.AddSweepJob<SealDueResponsesJob>(SealDueResponsesJob.Name, TimeSpan.FromSeconds(1), isPunctual: true);
        services.AddSweepJob<TellContactsJob>(TellContactsJob.Name, TimeSpan.FromSeconds(2));
        services.AddSweepJob<AnnounceClosingSoonJob>(AnnounceClosingSoonJob.Name, TimeSpan.FromMinutes(1));
        services.AddSweepJob<ForgetUnconfirmedJob>(ForgetUnconfirmedJob.Name, TimeSpan.FromHours(1));
        services.AddSweepJob<RemindOfDraftsJob>(RemindOfDraftsJob.Name, TimeSpan.FromMinutes(1));
        services.AddSweepJob<RemoveExpiredDraftsJob>(RemoveExpiredDraftsJob.Name, TimeSpan.FromMinutes(5));
        return services;
    }

    public static IEndpointRouteBuilder MapParticipation(this IEndpointRouteBuilder app)
    {
        app.MapQuestionnaires();
        app.MapPublicResponses();
        app.MapReceipts();
        app.MapResponses();
        return app;
    }
}
