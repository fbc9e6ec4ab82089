using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Platform.Application;

public static class ApplicationRegistration
{
    public static IServiceCollection AddRequestPipeline(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();

        // The first is the outermost: who may not ask is not told what is wrong with the question.
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuthorisationBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        return services;
    }

    /// <summary>Registers the handlers and validators of a module.</summary>
    public static IServiceCollection AddRequestHandlers(this IServiceCollection services, Assembly module) =>
        services.Scan(scan => scan
            .FromAssemblies(module)
            .AddClasses(c => c.AssignableToAny(typeof(IRequestHandler<,>), typeof(IValidator<>)), publicOnly: false)
            .AsImplementedInterfaces()
            .WithScopedLifetime());
}
