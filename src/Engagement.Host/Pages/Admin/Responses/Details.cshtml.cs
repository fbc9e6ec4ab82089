using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Host.Pages.Admin.Analysis;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Responses;

[Authorize("participation:read")]
public sealed class DetailsModel(IMediator mediator, ICurrentActor current) : LoopPage(mediator)
{
    public const string Admit = "admit";
    public const string Refuse = "refuse";

    [FromRoute]
    public ResponseId ResponseId { get; set; }

    [BindProperty(SupportsGet = true)]
    public ResponseFilterForm Filter { get; set; } = new();

    /// <summary><c>admit</c> or <c>refuse</c>.</summary>
    [BindProperty]
    public string? Ruling { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public ReadableResponse Reading { get; private set; } = null!;

    public ResponseRow Facts { get; private set; } = null!;

    /// <summary>Who logged it by hand; null where its participant sent it.</summary>
    public string? LoggedBy { get; private set; }

    public string? RuledBy { get; private set; }

    public bool WaitsForARuling => Facts.Standing is "late" or "late-refused";

    public bool LoggedItOneself => Facts.LoggedBy == current.Actor.ToString();

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Ruling is not (Admit or Refuse))
        {
            ModelState.AddModelError(nameof(Ruling), "Select whether the response counts");
        }

        var sent = await this.SendOrShowErrors(Mediator, new RuleOnLateResponse(Id, ResponseId, Ruling == Admit, Reason ?? ""), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done(Ruling == Admit ? "The response counts from now on." : "The response stays outside the count.");
            return Redirect($"{Address}/responses/{ResponseId}{Filter.Query()}");
        }

        await Load(cancellationToken);
        return Page();
    }

    public string AddressOf(ResponseId response) => $"{Address}/responses/{response}{Filter.Query()}";

    private async Task Load(CancellationToken cancellationToken)
    {
        Reading = await Mediator.Send(new ReadResponse(Id, ResponseId, Filter.Read()), cancellationToken);
        Facts = await Mediator.Send(new ShowResponse(Id, ResponseId), cancellationToken);
        var names = await ActorNames.FindAsync(Mediator, [Facts.LoggedBy, Facts.Ruling?.By], cancellationToken);
        LoggedBy = Facts.LoggedBy is null ? null : LoggedItOneself ? "you" : names.Of(Facts.LoggedBy);
        RuledBy = Facts.Ruling is null ? null : names.Of(Facts.Ruling.By);
    }
}
