using Engagement.Access.Application;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Access;

public static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<AccessDbContext, IAccessDb>(AccessDbContext.SchemaName);
        services.AddRequestHandlers(typeof(AccessModule).Assembly);
        services.AddIntegrationEventHandlers<AccessDbContext>(AccessDbContext.SchemaName);
        return services;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        return app;
    }
}
