using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.ClosingTheLoop;

public static class ClosingTheLoopModule
{
    public static IServiceCollection AddClosingTheLoop(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<ClosingTheLoopDbContext, IClosingTheLoopDb>(ClosingTheLoopDbContext.SchemaName);
        services.AddRequestHandlers(typeof(ClosingTheLoopModule).Assembly);
        services.AddIntegrationEventHandlers<ClosingTheLoopDbContext>(ClosingTheLoopDbContext.SchemaName);
        return services;
    }

    public static IEndpointRouteBuilder MapClosingTheLoop(this IEndpointRouteBuilder app)
    {
        return app;
    }
}
