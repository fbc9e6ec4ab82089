using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Notices;

public readonly record struct ConsulteeId(Guid Value) : ITypedId<ConsulteeId>
{
    public static ConsulteeId New() => new(Guid.CreateVersion7());

    public static ConsulteeId From(Guid value) => new(value);

    public static ConsulteeId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ConsulteeId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
