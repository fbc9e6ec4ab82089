using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>The first words of a consultation, for an engagement; the rest is a task list.</summary>
[Authorize("consultations:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    /// <summary>How many engagements the page offers where it was opened for none.</summary>
    private const int MostOffered = 200;

    [BindProperty(SupportsGet = true, Name = "engagement")]
    public EngagementId? EngagementId { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public DateInput Opens { get; set; } = new();

    [BindProperty]
    public DateInput Closes { get; set; } = new();

    /// <summary>The engagement that the address names; null where one is to be chosen.</summary>
    public EngagementView? Engagement { get; private set; }

    public IReadOnlyList<SelectListItem> Engagements { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        if (Engagement is { } engagement)
        {
            (Title, Summary) = (engagement.Title, engagement.Summary);
            (Opens, Closes) = (DateInput.From(engagement.ConsultationPeriod?.OpensOn), DateInput.From(engagement.ConsultationPeriod?.LastDay));
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var opens = Opens.Read(ModelState, nameof(Opens), "The first day", required: true);
        var closes = Closes.Read(ModelState, nameof(Closes), "The last day", required: true);
        if (EngagementId is null)
        {
            ModelState.AddModelError("engagement", "Choose the engagement that it serves");
        }

        var details = new ConsultationDetails
        {
            Title = Title ?? "",
            Summary = Summary ?? "",
            Opens = new UkMoment(opens ?? default),
            Closes = new UkMoment(closes ?? default),
        };
        var sent = await this.SendOrShowErrors(
            mediator,
            new CreateConsultation(EngagementId ?? default, details),
            cancellationToken,
            member => member switch
            {
                "EngagementId" or "engagement-cancelled" => "engagement",
                "period-ends-before-it-opens" => nameof(Closes),
                _ => member.Split('.') switch
                {
                    ["Opens", ..] => nameof(Opens),
                    ["Closes", ..] => nameof(Closes),
                    [.., "Title"] => nameof(Title),
                    [.., "Summary"] => nameof(Summary),
                    _ => null,
                },
            });
        return sent.Succeeded ? Redirect($"/admin/consultations/{sent.Value!.Id}") : Page();
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        if (EngagementId is { } id && Request.Query.ContainsKey("engagement"))
        {
            Engagement = await mediator.Send(new GetEngagement(id), cancellationToken);
        }
        else
        {
            var engagements = await mediator.Send(new ListEngagements(null, null, null, MostOffered), cancellationToken);
            Engagements = [.. engagements.Select(e => new SelectListItem($"{e.Reference}: {e.Title}", e.Id.ToString()))];
        }
    }
}
