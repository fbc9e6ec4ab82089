using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

public readonly record struct DocumentId(Guid Value) : ITypedId<DocumentId>
{
    public static DocumentId New() => new(Guid.CreateVersion7());

    public static DocumentId From(Guid value) => new(value);

    public static DocumentId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out DocumentId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
