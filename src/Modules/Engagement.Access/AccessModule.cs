using Engagement.Access.Api;
using Engagement.Access.Application;
using Engagement.Access.Application.Account;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Domain;
using Engagement.Access.Infrastructure;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Platform.Application;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
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
        services.AddScoped<IClientRights, ClientRights>();
        services.AddScoped<IActorDirectory, ActorDirectory>();
        services.Configure<AccessOptions>(options =>
        {
            options.BaseAddress = configuration["Site:BaseAddress"] ?? options.BaseAddress;
            options.ServiceName = configuration["Mail:FromName"] ?? options.ServiceName;
            configuration.GetSection(AccessOptions.Section).Bind(options);
        });
        services.AddScoped<IRights, Rights>();
        services.AddSingleton<DecoyPassword>();
        services.AddSingleton<KnownDevices>();
        services.AddScoped<SignInTries>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<NewPasswords>();
        services.AddScoped<OwnAccount>();

        // PBKDF2 with HMAC-SHA-512: the number that OWASP's password storage cheat sheet asks for.
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        services.AddSingleton<IPasswordHasher<Officer>, PasswordHasher<Officer>>();
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, OfficerAuthentication>(OfficerClaims.Scheme, displayName: null, configureOptions: null);
        return services;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder app)
    {
        app.MapToken();
        return app;
    }
}
