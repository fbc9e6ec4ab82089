using Engagement.Consultations.Application;
using Engagement.Consultations.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Consultations;

public static class ConsultationsModule
{
    public static IServiceCollection AddConsultations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<ConsultationsDbContext, IConsultationsDb>(ConsultationsDbContext.SchemaName);
        services.AddRequestHandlers(typeof(ConsultationsModule).Assembly);
        services.AddIntegrationEventHandlers<ConsultationsDbContext>(ConsultationsDbContext.SchemaName);
        return services;
    }

    public static IEndpointRouteBuilder MapConsultations(this IEndpointRouteBuilder app)
    {
        return app;
    }
}
