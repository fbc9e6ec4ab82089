using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Host.Pages.Admin.Analysis;
using MediatR;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>A page on which the outcome is written.</summary>
public abstract class OutcomePage(IMediator mediator) : LoopPage(mediator)
{
    public OutcomeView Outcome { get; private set; } = null!;

    public StandsInTheWay Blocks => new(Id, Outcome.StandsInTheWay, Outcome.Themes.ToDictionary(t => t.Name, t => t.Id.ToString(), StringComparer.Ordinal));

    public bool IsPublished => Outcome.Versions.Count > 0;

    protected async Task Load(CancellationToken cancellationToken) => Outcome = await Mediator.Send(new ShowOutcome(Id), cancellationToken);

    /// <summary>What was typed into a field, with line ends as they are stored.</summary>
    protected static string Text(string? typed) => (typed ?? "").ReplaceLineEndings("\n").Trim();
}
