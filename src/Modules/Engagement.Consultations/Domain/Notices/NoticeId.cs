using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Notices;

public readonly record struct NoticeId(Guid Value) : ITypedId<NoticeId>
{
    public static NoticeId New() => new(Guid.CreateVersion7());

    public static NoticeId From(Guid value) => new(value);

    public static NoticeId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out NoticeId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}

public readonly record struct ProofId(Guid Value) : ITypedId<ProofId>
{
    public static ProofId New() => new(Guid.CreateVersion7());

    public static ProofId From(Guid value) => new(value);

    public static ProofId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ProofId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
