using Engagement.Kernel;

namespace Engagement.Access.Contracts;

public readonly record struct OfficerId(Guid Value) : ITypedId<OfficerId>
{
    public static OfficerId New() => new(Guid.CreateVersion7());

    public static OfficerId From(Guid value) => new(value);

    public static OfficerId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out OfficerId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
