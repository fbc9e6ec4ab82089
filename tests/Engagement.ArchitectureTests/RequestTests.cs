using Engagement.Kernel;
using Engagement.Platform.Messaging;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.ArchitectureTests;

public sealed class RequestTests
{
    private static readonly IReadOnlyList<Type> ProductTypes =
    [
        .. Solution.Assemblies.Select(a => System.Reflection.Assembly.Load(a.Name.Name)).SelectMany(a => a.GetTypes()),
    ];

    /// <summary>Rights that are never held in one place only: every officer reads what the council plans and decides, administrators look after all of it.</summary>
    private static readonly string[] CouncilWide = ["engagements:read", "consultations:read", "outcomes:read", "administration:read", "administration:write"];

    private static readonly Type[] Things = [typeof(Engagements.Contracts.EngagementId), typeof(Consultations.Contracts.ConsultationId)];

    private static IEnumerable<Type> Requests => ProductTypes.Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IBaseRequest)));

    [Fact]
    public void Every_request_says_who_may_send_it()
    {
        var silent = Requests.Where(r => Marks(r) != 1).Select(r => r.FullName);

        silent.ShouldBeEmpty();
        Requests.Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Every_scope_that_a_request_needs_exists()
    {
        var unknown = Requests
            .SelectMany(r => r.GetCustomAttributes(typeof(RequiresScopeAttribute), false).Cast<RequiresScopeAttribute>())
            .Select(a => a.Scope)
            .Where(s => !Scopes.All.Contains(s, StringComparer.Ordinal));

        unknown.ShouldBeEmpty();
    }

    /// <summary>Where an officer holds a right in some teams only, the pipeline must find out what a request is about.</summary>
    [Fact]
    public void Every_request_that_not_everybody_may_send_everywhere_says_what_it_is_about()
    {
        var placed = Requests
            .Select(r => (Request: r, Needs: r.GetCustomAttributes(typeof(RequiresScopeAttribute), false).Cast<RequiresScopeAttribute>().SingleOrDefault()))
            .Where(r => r.Needs is { Anywhere: false } needs && !CouncilWide.Contains(needs.Scope, StringComparer.Ordinal))
            .Select(r => r.Request)
            .ToList();

        placed.Where(r => !r.GetProperties().Any(p => Things.Contains(p.PropertyType))).Select(r => r.FullName).ShouldBeEmpty();
        placed.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Every_request_is_a_command_or_a_query()
    {
        var neither = Requests
            .Where(r => !r.GetInterfaces().Any(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(ICommand<>) || i.GetGenericTypeDefinition() == typeof(IQuery<>))))
            .Select(r => r.FullName);

        neither.ShouldBeEmpty();
    }

    [Fact]
    public void Every_request_has_one_handler()
    {
        var handled = ProductTypes
            .SelectMany(t => t.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)).Select(i => i.GetGenericArguments()[0]))
            .ToLookup(t => t);

        Requests.Where(r => handled[r].Count() != 1).Select(r => r.FullName).ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_of_events_are_not_named_after_the_event()
    {
        var badly = ProductTypes
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IIntegrationEventHandler<>)) && t.IsClass && !t.IsAbstract)
            .Where(t => t.Name.EndsWith("Handler", StringComparison.Ordinal) || t.Name.EndsWith("V1", StringComparison.Ordinal))
            .Select(t => t.FullName);

        badly.ShouldBeEmpty();
    }

    [Fact]
    public void Handlers_and_jobs_and_contexts_are_internal_and_sealed()
    {
        var open = ProductTypes
            .Where(t => t is { IsClass: true, IsAbstract: false } && t.Namespace is { } n && Solution.Modules.Any(m => n.StartsWith($"Engagement.{m}.", StringComparison.Ordinal)))
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
                || t.IsAssignableTo(typeof(Quartz.IJob)) || t.IsAssignableTo(typeof(Platform.Persistence.ModuleDbContext)))
            .Where(t => t.IsPublic || !t.IsSealed)
            .Select(t => t.FullName);

        open.ShouldBeEmpty();
    }

    /// <summary>One validator serves every request, so it may hold nothing that belongs to one of them.</summary>
    [Fact]
    public void Validators_ask_for_settings_and_the_clock_alone()
    {
        var validators = ProductTypes.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(FluentValidation.IValidator))).ToList();

        validators.Where(v => !v.GetConstructors().SelectMany(c => c.GetParameters()).All(p => BelongsToNoRequest(p.ParameterType))).Select(v => v.FullName).ShouldBeEmpty();
        validators.Count.ShouldBeGreaterThan(50);
        BelongsToNoRequest(typeof(IMediator)).ShouldBeFalse("the rule must see what it forbids");
    }

    private static bool BelongsToNoRequest(Type asked) =>
        asked == typeof(TimeProvider) || asked.Name.EndsWith("Options", StringComparison.Ordinal)
        || (asked.IsGenericType && asked.GetGenericTypeDefinition() == typeof(Microsoft.Extensions.Options.IOptions<>));

    private static int Marks(Type request) =>
        request.GetCustomAttributes(typeof(RequiresScopeAttribute), false).Length
        + request.GetCustomAttributes(typeof(RequiresOfficerAttribute), false).Length
        + request.GetCustomAttributes(typeof(AllowsAnyoneAttribute), false).Length
        + request.GetCustomAttributes(typeof(InternalRequestAttribute), false).Length;
}
