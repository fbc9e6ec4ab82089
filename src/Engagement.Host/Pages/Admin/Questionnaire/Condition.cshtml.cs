using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>When a question or a page is shown, or when an exit is taken: chosen from earlier questions, one part at a time.</summary>
[Authorize("participation:write")]
public sealed class ConditionModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [FromQuery(Name = "question")]
    public string? QuestionCode { get; set; }

    [FromQuery(Name = "part")]
    public int? Part { get; set; }

    [FromQuery(Name = "exit")]
    public int? Exit { get; set; }

    /// <summary>The earlier question that was chosen for the next part.</summary>
    [FromQuery(Name = "on")]
    public string? On { get; set; }

    [BindProperty]
    public TermForm Term { get; set; } = new();

    [BindProperty]
    public ConditionMatch Match { get; set; }

    public ConditionPlace Place => new(QuestionCode, Part, Exit);

    public string Name => Place.Name(Asked);

    public DisplayCondition? Current => Place.Of(Asked);

    public IReadOnlyList<Question> Earlier => Place.Earlier(Asked);

    public Question? Chosen => Earlier.FirstOrDefault(q => q.Code == On);

    public string Here => $"{Root}/condition?{Place.Query}";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Place.IsIn(Asked))
        {
            return NotFound();
        }

        Match = Current?.Match ?? ConditionMatch.All;
        return CanBeEdited ? Page() : BackTo();
    }

    public Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken) => Change(
        now => Chosen is { } on && Term.Read(on, ModelState, nameof(Term) + ".") is { } term
            ? new DisplayCondition([.. now?.Terms ?? [], term], now?.Match ?? ConditionMatch.All)
            : now,
        cancellationToken);

    public Task<IActionResult> OnPostRemoveAsync(int term, CancellationToken cancellationToken) => Change(
        now => now is { Terms.Count: > 1 } ? now with { Terms = [.. now.Terms.Where((_, i) => i != term)] } : Exit is null ? null : now,
        cancellationToken);

    public Task<IActionResult> OnPostMatchAsync(CancellationToken cancellationToken) => Change(now => now is null ? null : now with { Match = Match }, cancellationToken);

    private async Task<IActionResult> Change(Func<DisplayCondition?, DisplayCondition?> change, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Place.IsIn(Asked))
        {
            return BackTo();
        }

        var content = Place.With(Asked, change(Current));
        return await Save(content, "The routing is saved", cancellationToken) ? Redirect(Here) : Page();
    }
}
