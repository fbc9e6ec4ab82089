namespace Engagement.Kernel;

/// <summary>
/// Something that became true in one module. It is written to the module's history, so it carries ids, codes, dates and
/// the council's own words, never a participant's words, contacts or equality answers.
/// </summary>
public interface IDomainEvent
{
    /// <summary>The instant at which it became true, UTC.</summary>
    DateTimeOffset At { get; }

    /// <summary>Why, in the words of whoever did it; null where nobody was asked.</summary>
    string? Reason => null;
}
