using Engagement.Consultations.Api;
using Engagement.Consultations.Application;
using Engagement.Consultations.Domain.Timescales;
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
        // Regime files are read and checked now: with a wrong one the program does not start.
        services.AddSingleton(TimetableCalculator.Create());
        services.AddModuleDb<ConsultationsDbContext, IConsultationsDb>(ConsultationsDbContext.SchemaName);
        services.AddRequestHandlers(typeof(ConsultationsModule).Assembly);
        services.AddIntegrationEventHandlers<ConsultationsDbContext>(ConsultationsDbContext.SchemaName);
        return services;
    }

    public static IEndpointRouteBuilder MapConsultations(this IEndpointRouteBuilder app)
    {
        app.MapTimetables();
        return app;
    }
}
