namespace Engagement.Platform.Application;

/// <summary>Says what the actor may do to one thing: pages ask before they offer a button, the pipeline before it lets a request through.</summary>
public interface IRights
{
    /// <param name="scope">Such as <c>consultations:write</c>.</param>
    /// <param name="about">The id of an engagement or of a consultation, or a request that carries such ids.</param>
    /// <returns>Also true of what is not there: whoever looks for it finds that out.</returns>
    ValueTask<bool> May(string scope, object about, CancellationToken cancellationToken);
}
