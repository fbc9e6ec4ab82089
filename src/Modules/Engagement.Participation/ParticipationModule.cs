using Engagement.Participation.Application;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Application;
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
        services.AddModuleDb<ParticipationDbContext, IParticipationDb>(ParticipationDbContext.SchemaName);
        services.AddRequestHandlers(typeof(ParticipationModule).Assembly);
        services.AddIntegrationEventHandlers<ParticipationDbContext>(ParticipationDbContext.SchemaName);
        return services;
    }

    public static IEndpointRouteBuilder MapParticipation(this IEndpointRouteBuilder app)
    {
        return app;
    }
}
