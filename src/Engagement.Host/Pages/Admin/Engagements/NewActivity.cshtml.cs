using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>Records something done to tell people.</summary>
[Authorize("engagements:write")]
public sealed class NewActivityModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public PublicityMedium? Medium { get; set; }

    [BindProperty]
    public DateInput HeldOn { get; set; } = new();

    [BindProperty]
    public string? Reach { get; set; }

    [BindProperty]
    public string? ReachMeasure { get; set; }

    [BindProperty]
    public List<string> TargetGroups { get; set; } = [];

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Typed.Require(Title, ModelState, nameof(Title), "Enter what was done");
        Typed.Require(ReachMeasure, ModelState, nameof(ReachMeasure), "Enter how the reach was counted");
        if (Medium is null)
        {
            ModelState.AddModelError(nameof(Medium), "Choose a medium");
        }

        var on = HeldOn.Read(ModelState, nameof(HeldOn), "The date", required: true);
        var reach = Typed.Whole(Reach, ModelState, nameof(Reach), "The number of people reached");
        if (!ModelState.IsValid || Medium is null || on is null || reach is null)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(
            Mediator, new RecordActivity(Id, Title ?? "", Medium.Value, on.Value, reach.Value, ReachMeasure ?? "", TargetGroups), cancellationToken, FieldOf);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The activity is recorded.");
        return Redirect($"{Root}/activities");
    }

    private static string? FieldOf(string member) => member == "activity-still-to-come" ? nameof(HeldOn) : typeof(NewActivityModel).GetProperty(member) is null ? null : member;
}
