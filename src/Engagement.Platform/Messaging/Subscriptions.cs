using System.Reflection;
using Engagement.Kernel;
using Engagement.Platform.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Platform.Messaging;

/// <param name="Name">Stable and unique: the handler's type name after its module, such as <c>participation/StopAcceptingResponses</c>.</param>
/// <param name="ContextType">The module's context, in whose transaction the handler runs.</param>
public sealed record Subscription(string Name, Type EventType, Type HandlerType, Type ContextType);

/// <summary>Who is told of what.</summary>
public sealed class Subscriptions(IEnumerable<Subscription> all)
{
    private readonly ILookup<Type, Subscription> byEvent = all.ToLookup(s => s.EventType);
    private readonly Dictionary<string, Subscription> byName = all.ToDictionary(s => s.Name, StringComparer.Ordinal);

    public IEnumerable<Subscription> To(Type eventType) => byEvent[eventType];

    public Subscription? Find(string name) => byName.GetValueOrDefault(name);
}

public static class SubscriptionRegistration
{
    /// <summary>Registers every handler of other modules' events in the assembly of the module's context.</summary>
    public static IServiceCollection AddIntegrationEventHandlers<TContext>(this IServiceCollection services, string module)
        where TContext : ModuleDbContext
    {
        foreach (var handler in WrittenTypes.Of(typeof(TContext).Assembly).Where(t => t is { IsClass: true, IsAbstract: false }))
        {
            foreach (var contract in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIntegrationEventHandler<>)))
            {
                var eventType = contract.GetGenericArguments()[0];
                services.AddSingleton(new Subscription($"{module}/{handler.Name}", eventType, handler, typeof(TContext)));
                services.AddScoped(handler);
            }
        }

        return services;
    }
}
