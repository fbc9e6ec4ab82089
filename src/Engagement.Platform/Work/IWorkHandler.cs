using System.Text.Json;
using Engagement.Platform.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Platform.Work;

/// <summary>Does one kind of long work. It may run again from the beginning after a worker was killed: what it changes must bear that.</summary>
public interface IWorkHandler
{
    /// <summary>As it stands in the table of work, such as <c>export-responses</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// Refuses whoever may not have the result, each time somebody wants the file: a right that was taken away is gone. It sends a
    /// request that only those may send who may have it.
    /// </summary>
    /// <exception cref="Kernel.ForbiddenException">The actor may not, or not any more.</exception>
    Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken);

    /// <returns>What came of it, in a sentence for people and without personal data, such as <c>1,204 responses exported.</c></returns>
    Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken);
}

/// <summary>What was asked for.</summary>
public sealed class WorkParameters(string json)
{
    public T As<T>() => JsonSerializer.Deserialize<T>(json, MessageJson.Options) ?? throw new InvalidOperationException($"The parameters of the work are not those of {typeof(T).Name}.");
}

/// <summary>One attempt at a piece of work, as its handler sees it.</summary>
public sealed class WorkRun
{
    private readonly WorkProgress progress;
    private readonly Func<Stream> open;

    internal WorkRun(WorkId id, WorkParameters parameters, WorkProgress progress, Func<Stream> open)
    {
        Id = id;
        Parameters = parameters;
        this.progress = progress;
        this.open = open;
    }

    public WorkId Id { get; }

    public WorkParameters Parameters { get; }

    internal (string Name, string MediaType)? File { get; private set; }

    /// <summary>Says how far it is. Call it as often as you like: at most once a second it is written.</summary>
    /// <param name="total">Null while nobody knows.</param>
    /// <param name="message">Such as <c>Reading the answers</c>; null leaves the one before.</param>
    public ValueTask ReportAsync(long done, long? total = null, string? message = null) => progress.ReportAsync(done, total, message);

    /// <summary>
    /// Begins the file that is the result; write to it, and do not read it back. Of its bytes a quarter of a megabyte is held in memory;
    /// they are stored encrypted, and kept once the handler has returned.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has begun one already.</exception>
    public Stream CreateFile(string name, string mediaType)
    {
        File = File is null ? (name, mediaType) : throw new InvalidOperationException("A piece of work makes one file at most.");
        return open();
    }
}

public static class WorkRegistration
{
    /// <summary>Registers who does one kind of long work.</summary>
    public static IServiceCollection AddWorkHandler<THandler>(this IServiceCollection services)
        where THandler : class, IWorkHandler => services.AddScoped<IWorkHandler, THandler>();

    /// <exception cref="InvalidOperationException">Nobody does this kind of work any more.</exception>
    internal static IWorkHandler Handling(this IEnumerable<IWorkHandler> handlers, string kind) =>
        handlers.FirstOrDefault(h => h.Kind == kind) ?? throw new InvalidOperationException($"No handler does work of the kind {kind}.");
}
