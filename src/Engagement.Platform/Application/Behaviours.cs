using System.Collections.Concurrent;
using System.Reflection;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;

namespace Engagement.Platform.Application;

/// <summary>Refuses a request of the wrong shape before its handler runs; every failure at once.</summary>
internal sealed class ValidationBehaviour<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var failures = new List<FluentValidation.Results.ValidationFailure>();
        foreach (var validator in validators)
        {
            failures.AddRange((await validator.ValidateAsync(request, cancellationToken)).Errors);
        }

        return failures.Count > 0 ? throw new ValidationException(failures) : await next();
    }
}

/// <summary>Refuses a request that its actor may not send. A request that says nothing about who may send it is refused to everybody.</summary>
internal sealed class AuthorisationBehaviour<TRequest, TResponse>(CurrentActor current, IRights rights) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var access = RequestAccess.Of(typeof(TRequest));
        if (access.Scope is { } scope && !current.Has(scope))
        {
            if (!current.HasSomewhere(scope))
            {
                throw ForbiddenException.Lacks(scope);
            }

            if (!access.Anywhere && !await rights.May(scope, request, cancellationToken))
            {
                throw ForbiddenException.NotHere(scope);
            }
        }

        if (access.Officer && current.Actor.Kind != ActorKind.Officer)
        {
            throw ForbiddenException.OfficersOnly();
        }

        return await next();
    }
}

/// <summary>Sends a request again to its handler where the database has rolled it back; a request that does more than that says so.</summary>
internal sealed class RepetitionBehaviour<TRequest, TResponse>(Repetition repetition) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly bool IsNotRepeated = typeof(TRequest).IsDefined(typeof(NotRepeatedAttribute), inherit: false);

    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next) =>
        IsNotRepeated ? next() : repetition.Run(typeof(TRequest).Name, () => next(), cancellationToken);
}

/// <summary>Who may send a request, read from its attribute once.</summary>
/// <param name="Scope">Null where anybody may, or where only the program itself sends it.</param>
/// <param name="Officer">Any officer who has signed in, about their own account.</param>
/// <param name="Anywhere">It is enough to hold the scope in any place.</param>
public sealed record RequestAccess(string? Scope, bool Anyone, bool Officer = false, bool Anywhere = false)
{
    private static readonly ConcurrentDictionary<Type, RequestAccess> Known = new();

    /// <exception cref="InvalidOperationException">The request has no attribute that says who may send it.</exception>
    public static RequestAccess Of(Type request) => Known.GetOrAdd(request, static type =>
        type.GetCustomAttribute<RequiresScopeAttribute>() is { } requires ? new RequestAccess(requires.Scope, Anyone: false, Anywhere: requires.Anywhere)
        : type.GetCustomAttribute<AllowsAnyoneAttribute>() is not null ? new RequestAccess(null, Anyone: true)
        : type.GetCustomAttribute<RequiresOfficerAttribute>() is not null ? new RequestAccess(null, Anyone: false, Officer: true)
        : type.GetCustomAttribute<InternalRequestAttribute>() is not null ? new RequestAccess(null, Anyone: false)
        : throw new InvalidOperationException($"{type.Name} does not say who may send it: give it [RequiresScope], [RequiresOfficer], [AllowsAnyone] or [InternalRequest]."));
}
