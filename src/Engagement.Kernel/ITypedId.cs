namespace Engagement.Kernel;

/// <summary>An id that the compiler does not confuse with the id of something else.</summary>
public interface ITypedId<TSelf> : IParsable<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

public static class TypedId
{
    /// <summary>Reads the form with hyphens only, so that one id has one address.</summary>
    public static bool TryParse<T>(string? text, out T result)
        where T : struct, ITypedId<T>
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        result = parsed ? T.From(value) : default;
        return parsed;
    }
}
