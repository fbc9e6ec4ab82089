using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>One consultation: where it stands, its key dates, what blocks the next step, and the steps of writing it.</summary>
[Authorize("consultations:read")]
public sealed class OverviewModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    public ConsultationReadinessView Readiness { get; private set; } = null!;

    public ConsultationTimetableView Timetable { get; private set; } = null!;

    public bool IsWriting => Consultation.Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval;

    public IReadOnlyList<ReadinessItem> Gaps => [.. Readiness.Checks.Where(c => !c.IsMet)];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Readiness = await Mediator.Send(new CheckReadiness(Id), cancellationToken);
        Timetable = await Mediator.Send(new ShowTimetable(Id), cancellationToken);
    }

    /// <summary>The steps of writing it, each with how far it has come.</summary>
    public IEnumerable<WritingStep> Steps()
    {
        var c = Consultation;
        var written = c.Status != ConsultationStatus.Draft;
        yield return Step("About", "about", "Title, summary, why now, who decides, what is open and what is not, how answers count", 8, new[] { c.Title, c.Summary, c.WhyNow, c.WhoDecides, c.WhatHappensNext, c.WhatCanChange, c.WhatCannotChange, c.HowAnswersCount }.Count(t => t is not null));
        yield return Step("Topics, areas and audiences", "people", "How residents find it", 3, new[] { c.Topics, c.Areas, c.Audiences }.Count(l => l.Count > 0));
        yield return Step("Ways to take part", "taking-part", "Without the web, other formats, Easy Read, events", 3, new[] { c.OfflineRoute, c.AlternativeFormats, c.EasyReadDocument ?? c.EasyReadWaiver }.Count(t => t is not null));
        yield return Step("Privacy", "privacy", "Notice, contact, how equality answers are kept", 2, new[] { c.PrivacyNotice, c.PrivacyContact }.Count(t => t is not null));
        yield return new WritingStep("Promise of an outcome", $"{Address}/promise", $"Within {ConsultationWords.Count(c.OutcomeDueWeeks, "week")}; {PromiseModel.Words(c.AnswerThreshold).ToLowerInvariant()} answered", StepState.Completed);
        yield return new WritingStep("Regimes", $"{Address}/regimes", c.Regimes.Count == 0 ? "None chosen: good practice alone is the measure" : $"{ConsultationWords.Count(c.Regimes.Count, "regime")} chosen", c.Regimes.Count == 0 ? StepState.InProgress : StepState.Completed);
        yield return new WritingStep("Dates", $"{Address}/dates", $"{UkTime.Spell(c.Opens.Date)} to {UkTime.Spell(UkTime.DateOf(c.ClosesAt.AddTicks(-1)))}", HasProblemWithDates() ? StepState.Problem : StepState.Completed);
        yield return new WritingStep("Questionnaire", $"{Address}/questionnaire", Readiness.Questions == 0 ? "No questions yet" : ConsultationWords.Count(Readiness.Questions, "question"), Readiness.Questions == 0 ? StepState.NotStarted : StepState.Completed);
        yield return new WritingStep("Documents", $"{Address}/documents", c.Documents.Count == 0 ? "None yet (optional)" : ConsultationWords.Count(c.Documents.Count, "document"), c.Documents.Count == 0 ? StepState.NotStarted : StepState.Completed);
        yield return new WritingStep("Put it forward", $"{Address}/timetable#put-forward", "The dates are checked against the law and recorded", written ? StepState.Completed : Gaps.Count > 0 ? StepState.CannotStart : StepState.NotStarted);
        yield return new WritingStep("Approval", $"{Address}/approve", "A colleague who wrote none of it approves", c.Approval is not null ? StepState.Completed : written ? StepState.NotStarted : StepState.CannotStart);
    }

    private bool HasProblemWithDates() => Gaps.Any(g => g.Rule is "consultation/opens" || !g.Rule.StartsWith("consultation/", StringComparison.Ordinal));

    private WritingStep Step(string name, string page, string hint, int of, int done) =>
        new(name, $"{Address}/{page}", hint, done == 0 ? StepState.NotStarted : done < of ? StepState.InProgress : StepState.Completed);
}

public enum StepState
{
    NotStarted,
    InProgress,
    Completed,
    CannotStart,
    Problem,
}

public sealed record WritingStep(string Name, string Address, string Hint, StepState State)
{
    /// <summary>A step that cannot start is no link; completed ones have no tag, as the pattern has it.</summary>
    public string StateInWords => State switch
    {
        StepState.NotStarted => "Not yet started",
        StepState.InProgress => "In progress",
        StepState.CannotStart => "Cannot start yet",
        StepState.Problem => "There is a problem",
        _ => "Completed",
    };

    public string? Colour => State switch
    {
        StepState.InProgress => "teal",
        StepState.Problem => "red",
        _ => null,
    };
}
