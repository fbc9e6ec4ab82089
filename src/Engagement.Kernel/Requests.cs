using MediatR;

namespace Engagement.Kernel;

/// <summary>Changes something. One command is one transaction.</summary>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>Changes nothing.</summary>
public interface IQuery<out TResult> : IRequest<TResult>;

/// <summary>
/// The scope an actor needs to send a request, such as <c>consultations:write</c>. Jobs and event handlers may send every request. Where an
/// officer holds it in some team or for some engagement only, the request carries the id of the engagement or consultation it is about, and
/// the pipeline asks where that belongs.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresScopeAttribute(string scope) : Attribute
{
    public string Scope { get; } = scope;

    /// <summary>It is about no one engagement, such as beginning a new one: whoever holds the scope in any place may send it.</summary>
    public bool Anywhere { get; init; }
}

/// <summary>Anybody may send this request: it shows what is public, or it checks a receipt's secret itself.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowsAnyoneAttribute : Attribute;

/// <summary>An officer who has signed in sends it, about their own account and no other.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresOfficerAttribute : Attribute;

/// <summary>Sent only by the program itself: from a job, an event handler, the command line or another request.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InternalRequestAttribute : Attribute;

/// <summary>
/// Does something that the database cannot undo, such as writing to a stream. Every other request can be done again from its start when the database has rolled it
/// back, and is.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotRepeatedAttribute : Attribute;
