using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>What the officers' pages call the things of an outcome.</summary>
public static class OutcomeWords
{
    public static readonly IReadOnlyList<(Disposition Value, string Words, string Hint)> Dispositions =
    [
        (Disposition.Adopted, "Adopted", "The council does what people asked for"),
        (Disposition.PartlyAdopted, "Partly adopted", "Some of it; say why not all"),
        (Disposition.NotAdopted, "Not adopted", "Say why not"),
        (Disposition.OutOfScope, "Out of scope", "This decision could not change it; say why"),
        (Disposition.AlreadyPlanned, "Already planned", "The council was going to do it"),
    ];

    public static string Of(Disposition disposition) => Dispositions.First(d => d.Value == disposition).Words;

    public static string Of(CommitmentStatus status) => status switch
    {
        CommitmentStatus.InProgress => "In progress",
        CommitmentStatus.NotDone => "Will not be done",
        _ => status.ToString(),
    };

    /// <summary>The colour of its tag; red only for what is late.</summary>
    public static string ColourOf(CommitmentStatus status, bool isOverdue) => isOverdue ? "red" : status switch
    {
        CommitmentStatus.Done => "green",
        CommitmentStatus.NotDone => "grey",
        CommitmentStatus.InProgress => "yellow",
        _ => "teal",
    };

    public static (string Words, string Colour) Of(LoopState state) => state switch
    {
        LoopState.Awaited => ("Outcome due", "yellow"),
        LoopState.Open => ("Published, but the answer is still due", "orange"),
        LoopState.Overdue => ("Late", "red"),
        _ => ("Answered", "green"),
    };

    /// <summary>What is owed and until when, in a sentence.</summary>
    /// <param name="published">How many versions have been published.</param>
    public static string Due(LoopState state, DateOnly dueOn, int daysLate, int published) => state switch
    {
        LoopState.Closed => "The outcome is published and answers what people said.",
        LoopState.Overdue when published > 0 => $"What is published says only what happens next, so the answer is still owed: it was due on {UkTime.Spell(dueOn)} and is {Days(daysLate)} late.",
        LoopState.Overdue => $"The outcome was due on {UkTime.Spell(dueOn)} and is {Days(daysLate)} late.",
        LoopState.Open => $"What is published says only what happens next, so the answer is still owed, by {UkTime.Spell(dueOn)}.",
        _ => $"The outcome is due by {UkTime.Spell(dueOn)}.",
    };

    /// <summary>Where that which stands in the way of publication can be put right.</summary>
    /// <param name="theme">The theme that it is about; null where it is about none.</param>
    public static string AddressOf(Breach breach, ConsultationId consultation, string? theme)
    {
        var root = $"/admin/consultations/{consultation}";
        return breach.Rule switch
        {
            "coding-not-complete" => $"{root}/coding",
            "decision-not-recorded" => $"{root}/decision",
            "outcome-not-written" or "outcome-without-introduction" => $"{root}/outcome/introduction",
            _ when theme is not null => $"{root}/outcome/themes/{theme}",
            _ => $"{root}/outcome",
        };
    }

    private static string Days(int days) => days == 1 ? "1 day" : $"{days} days";
}
