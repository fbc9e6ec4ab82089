using Engagement.Kernel;

namespace Engagement.Platform.Work;

public readonly record struct WorkId(Guid Value) : ITypedId<WorkId>
{
    public static WorkId New() => new(Guid.CreateVersion7());

    public static WorkId From(Guid value) => new(value);

    public static WorkId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out WorkId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
