using Engagement.ClosingTheLoop.Api;
using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Application.Bundles;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Infrastructure.Jobs;
using Engagement.ClosingTheLoop.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Bundles;
using Engagement.Platform.Jobs;
using Engagement.Platform.Messaging;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Work;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.ClosingTheLoop;

public static class ClosingTheLoopModule
{
    public static IServiceCollection AddClosingTheLoop(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<ClosingTheLoopDbContext, IClosingTheLoopDb>(ClosingTheLoopDbContext.SchemaName, "outcome_version");
        services.AddRequestHandlers(typeof(ClosingTheLoopModule).Assembly);
        services.AddIntegrationEventHandlers<ClosingTheLoopDbContext>(ClosingTheLoopDbContext.SchemaName);
        services.AddSingleton<IOneTrip, OneTrip>();
        services.AddScoped<ExportProvenance>();
        services.AddWorkHandler<ExportResponsesWork>();
        services.AddBundleSection<AnalysisBundleSection>();
        services.AddBundleSection<OutcomeBundleSection>();
        services.AddSweepJob<RemindOwnersOfOverdueOutcomesJob>(RemindOwnersOfOverdueOutcomesJob.Name, TimeSpan.FromHours(1));
        services.AddNotificationKind(
            RemindOwnerHandler.Kind, "the lead officer", "each week that an outcome is late", () => RemindOwnerHandler.Write("Alex Example", "Speed limit on Church Street", "ENG-2026-0042", new DateOnly(2026, 11, 20), 8));
        return services;
    }

    public static IEndpointRouteBuilder MapClosingTheLoop(this IEndpointRouteBuilder app)
    {
        app.MapCoding();
        app.MapAnalysis();
        app.MapOutcomes();
        return app;
    }
}
