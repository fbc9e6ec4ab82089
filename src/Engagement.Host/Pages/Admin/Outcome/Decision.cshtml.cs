using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:write")]
public sealed class DecisionModel(IMediator mediator) : OutcomePage(mediator)
{
    [BindProperty]
    public string? Body { get; set; }

    [BindProperty]
    public DateInput DecidedOn { get; set; } = new();

    [BindProperty]
    public string? Minute { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? ReportReference { get; set; }

    [BindProperty]
    public string? ReportVersion { get; set; }

    [BindProperty]
    public DateInput ReportReadOn { get; set; } = new();

    [BindProperty]
    public string? ReportSha256 { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public bool ConfirmsConsideration { get; set; }

    [BindProperty]
    public string? CorrectionReason { get; set; }

    public bool IsCorrection => Outcome.Decision is not null;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Outcome.Decision is { } decision)
        {
            (Body, DecidedOn, Minute, Name, Role, ReportReference, Summary) =
                (decision.Body, DateInput.From(decision.DecidedOn), decision.Minute, decision.DecisionMaker.Name, decision.DecisionMaker.Role, decision.ReportReference, decision.Summary);
            (ReportVersion, ReportReadOn, ReportSha256) = (decision.ReportVersion, DateInput.From(decision.ReportReadOn), decision.ReportSha256);
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var decidedOn = DecidedOn.Read(ModelState, nameof(DecidedOn), "The date of the decision", required: true);
        var readOn = ReportReadOn.Read(ModelState, nameof(ReportReadOn), "The day on which the report had been read", required: true);
        if (IsCorrection && string.IsNullOrWhiteSpace(CorrectionReason))
        {
            ModelState.AddModelError(nameof(CorrectionReason), "Enter why the record is corrected");
        }

        var decision = new Decision(Text(Body), decidedOn ?? default, Text(Minute), new DecisionMaker(Text(Name), Text(Role)), Text(ReportReference), Text(Summary),
            Text(ReportVersion), readOn, string.IsNullOrWhiteSpace(ReportSha256) ? null : ReportSha256.Trim().ToLowerInvariant());
        var sent = await this.SendOrShowErrors(
            Mediator, new RecordDecision(Id, decision, ConfirmsConsideration, IsCorrection ? Text(CorrectionReason) : null), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done(IsCorrection ? "The record of the decision is corrected." : "The decision is recorded.");
        return Redirect($"{Address}/outcome");
    }

    private static string? FieldOf(string member) => member switch
    {
        "body" => nameof(Body),
        "minute" => nameof(Minute),
        "decisionMaker.name" => nameof(Name),
        "decisionMaker.role" => nameof(Role),
        "reportReference" => nameof(ReportReference),
        "reportVersion" => nameof(ReportVersion),
        "reportReadOn" or "report-read-before-it-was-there" or "decision-before-report-was-read" => nameof(ReportReadOn),
        "reportSha256" => nameof(ReportSha256),
        "summary" => nameof(Summary),
        nameof(CorrectionReason) => nameof(CorrectionReason),
        "consideration-not-confirmed" => nameof(ConfirmsConsideration),
        "decision-before-close" or "decision-in-the-future" or "decision-before-report" => nameof(DecidedOn),
        _ => null,
    };
}
