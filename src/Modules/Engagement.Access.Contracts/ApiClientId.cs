using Engagement.Kernel;

namespace Engagement.Access.Contracts;

public readonly record struct ApiClientId(Guid Value) : ITypedId<ApiClientId>
{
    public static ApiClientId New() => new(Guid.CreateVersion7());

    public static ApiClientId From(Guid value) => new(value);

    public static ApiClientId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out ApiClientId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
