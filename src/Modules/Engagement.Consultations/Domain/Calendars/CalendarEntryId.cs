using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Calendars;

public readonly record struct CalendarEntryId(Guid Value) : ITypedId<CalendarEntryId>
{
    public static CalendarEntryId New() => new(Guid.CreateVersion7());

    public static CalendarEntryId From(Guid value) => new(value);

    public static CalendarEntryId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse(string? s, IFormatProvider? provider, out CalendarEntryId result) => TypedId.TryParse(s, out result);

    public override string ToString() => Value.ToString();
}
