using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

public readonly record struct ResponseId(Guid Value) : ITypedId<ResponseId>
{
    public static ResponseId New() => new(Guid.CreateVersion7());

    public static ResponseId From(Guid value) => new(value);

    public static ResponseId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ResponseId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
