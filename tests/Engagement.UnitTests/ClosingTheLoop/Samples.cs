using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.UnitTests.ClosingTheLoop;

/// <summary>A consultation that accepted responses to the end of Friday 27 November 2026; its outcome is due on 19 February 2027.</summary>
internal static class Samples
{
    public static readonly DateOnly LastDay = new(2026, 11, 27);
    public static readonly DateTimeOffset ClosedAt = UkTime.StartOf(LastDay.AddDays(1));
    public static readonly DateOnly DueOn = LastDay.AddDays(84);
    public static readonly Actor Writer = new(ActorKind.Client, "writer");
    public static readonly Actor Colleague = new(ActorKind.Client, "colleague");
    public static readonly Actor Approver = new(ActorKind.Client, "approver");
    public static readonly IReadOnlySet<QuotationId> NothingCleared = new HashSet<QuotationId>();

    public static DateTimeOffset Noon(DateOnly date) => UkTime.At(date, new TimeOnly(12, 0));

    /// <summary>Noon of the first day after the close.</summary>
    public static readonly DateTimeOffset DayAfter = Noon(LastDay.AddDays(1));

    public static Loop Begun(AnswerThreshold? threshold = null, int responses = 100, DateTimeOffset? closedAt = null) => Loop.Begin(
        ConsultationId.New(), EngagementId.New(), "library-hours", "Library opening hours", closedAt ?? ClosedAt, responses, new string('0', 64), DueOn,
        threshold ?? AnswerThreshold.EveryTheme, closedAt ?? ClosedAt);

    public static ThemeId Add(this Loop loop, string name, ThemeId? under = null) => loop.AddTheme(new ThemeText(name, "", under, 0), DayAfter);

    public static Loop Coded(this Loop loop)
    {
        loop.CompleteCoding([new TextsToCode("q3", 10, 0)], DayAfter);
        return loop;
    }

    public static Decision DecisionOf(DateOnly decidedOn) =>
        new("Cabinet", decidedOn, "Minute 42", new DecisionMaker("Alex Okafor", "Leader of the Council"), "Report CAB/26/117", "Open on Saturdays.");

    public static Loop Decided(this Loop loop)
    {
        loop.RecordDecision(DecisionOf(LastDay.AddDays(1)), confirmsConsideration: true, correctionReason: null, Writer, DayAfter);
        return loop;
    }

    public static ThemeAnswer Answer(ThemeId theme, Disposition? disposition = Disposition.Adopted, string? did = "We open on Saturdays.", string? reason = null) =>
        new(theme, "We asked when you need the library.", "You said Saturdays.", disposition, did, reason);

    public static Loop Write(this Loop loop, params ThemeAnswer[] answers)
    {
        loop.DraftOutcome(new OutcomeDraft("Thank you.", answers, "We look again in a year."), [], Writer, DayAfter);
        return loop;
    }

    public static ThemeTally Tally(int responses, params (ThemeId Theme, int RaisedIn)[] raised) => new(responses, raised.ToDictionary(r => r.Theme, r => r.RaisedIn));

    public static string CodeOf(Action act) => Should.Throw<RuleBrokenException>(act).Code;
}
