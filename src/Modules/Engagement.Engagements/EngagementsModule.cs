using Engagement.Engagements.Api;
using Engagement.Engagements.Application;
using Engagement.Engagements.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Bundles;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Engagements;

public static class EngagementsModule
{
    public static IServiceCollection AddEngagements(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<EngagementsDbContext, IEngagementsDb>(EngagementsDbContext.SchemaName);
        services.AddRequestHandlers(typeof(EngagementsModule).Assembly);
        services.AddIntegrationEventHandlers<EngagementsDbContext>(EngagementsDbContext.SchemaName);
        services.AddBundleSection<EngagementBundleSection>();
        return services;
    }

    public static IEndpointRouteBuilder MapEngagements(this IEndpointRouteBuilder app)
    {
        app.MapEngagementsApi();
        return app;
    }
}
