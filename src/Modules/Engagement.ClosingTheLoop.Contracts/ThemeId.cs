using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Contracts;

public readonly record struct ThemeId(Guid Value) : ITypedId<ThemeId>
{
    public static ThemeId New() => new(Guid.CreateVersion7());

    public static ThemeId From(Guid value) => new(value);

    public static ThemeId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ThemeId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
