using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Writes down what was measured for one success criterion.</summary>
[Authorize("engagements:write")]
public sealed class ScoreModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? MeasuredValue { get; set; }

    [BindProperty]
    public DateInput MeasuredOn { get; set; } = new();

    [BindProperty]
    public string? Note { get; set; }

    /// <summary>The version of the engagement that the form was filled in from.</summary>
    [BindProperty]
    public int Version { get; set; }

    public SuccessCriterion Criterion { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string criterion, CancellationToken cancellationToken)
    {
        if (!await LoadCriterion(criterion, cancellationToken))
        {
            return NotFound();
        }

        Version = Engagement.Version;
        if (Engagement.Scores.SingleOrDefault(s => s.Criterion == criterion) is { } score)
        {
            (MeasuredValue, MeasuredOn, Note) = (Typed.Write(score.MeasuredValue), DateInput.From(score.MeasuredOn), score.Note);
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string criterion, CancellationToken cancellationToken)
    {
        if (!await LoadCriterion(criterion, cancellationToken))
        {
            return NotFound();
        }

        if (!await IsNewest(Version, cancellationToken))
        {
            ModelState.Remove(nameof(Version));
            Version = Engagement.Version;
            return Page();
        }

        var value = Typed.Number(MeasuredValue, ModelState, nameof(MeasuredValue), "The measured value", required: true);
        var on = MeasuredOn.Read(ModelState, nameof(MeasuredOn), "The day of the measurement", required: true);
        if (value is null || on is null)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(Mediator, new ScoreSuccessCriterion(Id, criterion, value.Value, Note, on.Value, Version), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("What was measured is saved.");
        return Redirect($"{Root}/activities");
    }

    private async Task<bool> LoadCriterion(string key, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Criterion = Engagement.SuccessCriteria.SingleOrDefault(c => c.Key == key)!;
        return Criterion is not null;
    }

    private static string? FieldOf(string member) => member == "measurement-still-to-come" ? nameof(MeasuredOn) : typeof(ScoreModel).GetProperty(member) is null ? null : member;
}
