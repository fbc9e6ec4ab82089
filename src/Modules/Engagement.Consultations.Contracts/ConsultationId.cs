using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

public readonly record struct ConsultationId(Guid Value) : ITypedId<ConsultationId>
{
    public static ConsultationId New() => new(Guid.CreateVersion7());

    public static ConsultationId From(Guid value) => new(value);

    public static ConsultationId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ConsultationId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
