using Engagement.Access.Api;
using Engagement.Access.Application;
using Engagement.Access.Domain;
using Engagement.Access.Infrastructure;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Access;

public static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddModuleDb<AccessDbContext, IAccessDb>(AccessDbContext.SchemaName);
        services.AddRequestHandlers(typeof(AccessModule).Assembly);
        services.AddScoped<IClientRights, ClientRights>();
        services.AddSingleton<IPasswordHasher<Officer>, PasswordHasher<Officer>>();
        return services;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapToken();
        return app;
    }
}
