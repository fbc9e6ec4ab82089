using Engagement.Access.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>To whom an engagement belongs.</summary>
[Authorize("engagements:read")]
public sealed class TeamsModel(IMediator mediator) : EngagementPage(mediator)
{
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    /// <summary>The version of the engagement that the form was filled in from.</summary>
    [BindProperty]
    public int Version { get; set; }

    /// <summary>Open teams, and those it belongs to although they are closed.</summary>
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Chosen = [.. (await Show(cancellationToken)).Select(t => t.ToString())];
        Version = Engagement.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Show(cancellationToken);
        if (!await IsNewest(Version, cancellationToken))
        {
            ModelState.Remove(nameof(Version));
            Version = Engagement.Version;
            return Page();
        }

        List<TeamId> teams = [.. Chosen.Where(c => Guid.TryParse(c, out _)).Select(c => new TeamId(Guid.Parse(c)))];
        var sent = await this.SendOrShowErrors(Mediator, new AssignTeams(Id, teams, Version), cancellationToken, _ => nameof(Chosen));
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done(teams.Count == 0 ? "The engagement belongs to the council." : "The engagement belongs to these teams now.");
        return Redirect(Root);
    }

    /// <returns>The teams that it belongs to.</returns>
    private async Task<IReadOnlyList<TeamId>> Show(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var own = await Mediator.Send(new FindTeamsOfEngagement(Id), cancellationToken) ?? [];
        var open = await Mediator.Send(new FindTeams(null), cancellationToken);
        var closed = own.Except(open.Select(t => t.Id)).ToList();
        var facts = closed.Count == 0 ? open : [.. open, .. await Mediator.Send(new FindTeams(closed), cancellationToken)];
        Choices = [.. facts.Select(t => new SelectListItem(t.IsOpen ? $"{t.Name} ({t.Department})" : $"{t.Name} (closed)", t.Id.ToString()))];
        return own;
    }
}
