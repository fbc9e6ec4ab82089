using Engagement.Kernel;

namespace Engagement.Consultations.Domain.LocalRegimes;

public readonly record struct LocalRegimeId(Guid Value) : ITypedId<LocalRegimeId>
{
    public static LocalRegimeId New() => new(Guid.CreateVersion7());

    public static LocalRegimeId From(Guid value) => new(value);

    public static LocalRegimeId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out LocalRegimeId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
