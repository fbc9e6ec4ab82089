using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

public readonly record struct QuotationId(Guid Value) : ITypedId<QuotationId>
{
    public static QuotationId New() => new(Guid.CreateVersion7());

    public static QuotationId From(Guid value) => new(value);

    public static QuotationId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out QuotationId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}

public readonly record struct CommitmentId(Guid Value) : ITypedId<CommitmentId>
{
    public static CommitmentId New() => new(Guid.CreateVersion7());

    public static CommitmentId From(Guid value) => new(value);

    public static CommitmentId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out CommitmentId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
