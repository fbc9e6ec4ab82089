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
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(RepetitionBehaviour<,>));
        services.AddScoped<Repetition>();
        return services;
    }

    /// <summary>Registers the handlers and validators of a module. Validators keep nothing, and are dear to make: one of each serves all.</summary>
    public static IServiceCollection AddRequestHandlers(this IServiceCollection services, Assembly module)
    {
        foreach (var type in WrittenTypes.Of(module).Where(t => t is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType))
            {
                if (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
                {
                    services.AddScoped(contract, type);
                }
                else if (contract.GetGenericTypeDefinition() == typeof(IValidator<>))
                {
                    services.AddSingleton(contract, type);
                }
            }
        }

        return services;
    }
}
