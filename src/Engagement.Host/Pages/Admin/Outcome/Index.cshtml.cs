using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Outcome;

[Authorize("outcomes:read")]
public sealed class IndexModel(IMediator mediator, ICurrentActor current) : OutcomePage(mediator)
{
    public bool WroteOneself => Outcome.Authors.Contains(current.Actor.ToString(), StringComparer.Ordinal);

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    /// <summary>How far the answer to a theme is.</summary>
    public (string Words, string? Colour) StateOf(ThemeToAnswer theme) =>
        theme.Answer is null ? theme.MustBeAnswered ? ("Not written yet", "grey") : ("Need not be answered", null)
        : Outcome.StandsInTheWay.Any(b => b.Subject == theme.Name) ? ("Not complete", "yellow")
        : ("Complete", null);
}
