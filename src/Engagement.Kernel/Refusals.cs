namespace Engagement.Kernel;

/// <summary>There is no such thing, or the actor may not know of it: the answer is the same, 404.</summary>
/// <param name="what">What was looked for, such as <c>consultation</c>.</param>
public sealed class NotFoundException(string what) : Exception($"There is no such {what}.")
{
    public string What { get; } = what;
}

/// <summary>Somebody saved in between: the caller's version is not the newest. The API answers 412.</summary>
public sealed class StaleVersionException(int? expected, int? actual)
    : Exception("Somebody else has changed this since you read it. Read it again and repeat your change.")
{
    public int? Expected { get; } = expected;

    public int? Actual { get; } = actual;
}
