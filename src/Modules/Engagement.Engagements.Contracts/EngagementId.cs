using Engagement.Kernel;

namespace Engagement.Engagements.Contracts;

public readonly record struct EngagementId(Guid Value) : ITypedId<EngagementId>
{
    public static EngagementId New() => new(Guid.CreateVersion7());

    public static EngagementId From(Guid value) => new(value);

    public static EngagementId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out EngagementId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
