using Engagement.Kernel;

namespace Engagement.Access.Contracts;

public readonly record struct TeamId(Guid Value) : ITypedId<TeamId>
{
    public static TeamId New() => new(Guid.CreateVersion7());

    public static TeamId From(Guid value) => new(value);

    public static TeamId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out TeamId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
