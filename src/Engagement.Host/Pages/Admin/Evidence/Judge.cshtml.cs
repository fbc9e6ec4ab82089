using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>Judges every principle and practice at one stage, on one page.</summary>
[Authorize("consultations:write")]
public sealed class JudgeModel(IMediator mediator, TimeProvider clock) : EvidencePage(mediator, clock)
{
    /// <summary>In the order of the practices; one without a status is not judged yet.</summary>
    [BindProperty]
    public List<TypedJudgement> Judgements { get; set; } = [];

    /// <summary><c>publication</c> or <c>decision</c>, from the address.</summary>
    public AssuranceStage Stage { get; private set; }

    public string Heading => Stage == AssuranceStage.Publication ? "Judge before publication" : "Judge at the decision";

    public async Task OnGetAsync(string stage, CancellationToken cancellationToken)
    {
        await Prepare(stage, cancellationToken);
        Judgements = [.. Assurance.Practices.Select(p => (Stage == AssuranceStage.Publication ? p.AtPublication : p.AtDecision) is { } judged
            ? new TypedJudgement { Practice = p.Key, Status = judged.Status.ToString(), Reason = judged.Reason }
            : new TypedJudgement { Practice = p.Key })];
    }

    public async Task<IActionResult> OnPostAsync(string stage, CancellationToken cancellationToken)
    {
        await Prepare(stage, cancellationToken);
        Judgements = [.. Assurance.Practices.Select(p => Judgements.Find(j => j.Practice == p.Key) ?? new TypedJudgement { Practice = p.Key })];
        var given = new List<PracticeJudgement>();
        var places = new List<int>();
        for (var i = 0; i < Judgements.Count; i++)
        {
            if (Enum.TryParse<AssuranceStatus>(Judgements[i].Status, out var status))
            {
                given.Add(new PracticeJudgement(Judgements[i].Practice, status, Judgements[i].Reason));
                places.Add(i);
            }
        }

        var sent = await this.SendOrShowErrors(Mediator, new JudgePractices(Id, Stage, given), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done(given.Count == Judgements.Count ? "The judgements are saved." : $"The judgements are saved. Still open: {string.Join(", ", Assurance.Practices.Where((_, i) => !places.Contains(i)).Select(p => p.Name))}.");
        return Redirect(EvidenceAddress);

        // From the place among those sent to the place on the page.
        string? FieldOf(string member) => member.Split('[', ']') is ["Judgements", var at, var part] && int.TryParse(at, out var place)
            ? $"Judgements[{places[place]}]{part}"
            : member == nameof(Judgements) ? "Judgements[0].Status" : null;
    }

    private async Task Prepare(string stage, CancellationToken cancellationToken)
    {
        await LoadAssurance(cancellationToken);
        Stage = stage switch
        {
            "publication" => AssuranceStage.Publication,
            "decision" => AssuranceStage.Decision,
            _ => throw new NotFoundException("stage"),
        };
    }
}

/// <summary>One judgement as the form has it.</summary>
public sealed class TypedJudgement
{
    public string Practice { get; set; } = "";

    public string? Status { get; set; }

    public string? Reason { get; set; }
}
