using Engagement.Kernel;

namespace Engagement.Access.Contracts;

/// <summary>Names a session in lists; what proves it is another value, which only the browser has.</summary>
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static SessionId New() => new(Guid.CreateVersion7());

    public static SessionId From(Guid value) => new(value);

    public static SessionId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out SessionId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
