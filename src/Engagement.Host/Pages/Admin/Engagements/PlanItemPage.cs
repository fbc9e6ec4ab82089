using Engagement.Engagements.Domain;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>A page that adds or changes one item of a plan's list: the last part of its address is <c>new</c> or the item's number, from 1.</summary>
public abstract class PlanItemPage(IMediator mediator) : PlanStepPage(mediator)
{
    [FromRoute(Name = "number"), BindProperty(SupportsGet = true)]
    public string Number { get; set; } = "";

    public override string Back => $"{Root}/{Part.Key}";

    /// <summary>Null where one is added.</summary>
    public int? Index => Number == "new" ? null : int.TryParse(Number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number - 1 : -1;

    public string Heading => Index is { } index
        ? $"Change {Part.Items} {index + 1}"
        : $"Add {(Part.Items![0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")} {Part.Items}";

    /// <summary>Puts the item into the form. The index is that of an item.</summary>
    protected abstract void FillItem(EngagementPlan plan, int index);

    protected sealed override void Fill(EngagementPlan plan)
    {
        if (Index is { } index)
        {
            FillItem(plan, index);
        }
    }

    public sealed override async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return IsThere ? await base.OnGetAsync(cancellationToken) : NotFound();
    }

    /// <summary>False where somebody asks for an item that there is not, in the version that they read.</summary>
    protected bool IsThere => Index is not { } index || (index >= 0 && index < PlanSummary.Items(Engagement.Plan, Part.Key).Count);

    /// <summary>Sends the plan with the item added or changed; where it is gone the refusal of the version says so.</summary>
    protected async Task<IActionResult> SaveItem(Func<EngagementPlan, EngagementPlan> change, CancellationToken cancellationToken) =>
        !IsThere && Version == Engagement.Version ? NotFound() : await Save(change, $"The {Part.Items} is saved.", cancellationToken);
}
