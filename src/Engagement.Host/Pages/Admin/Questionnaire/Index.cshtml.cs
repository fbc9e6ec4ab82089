using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Domain.Questions.Lint;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

[Authorize("participation:read")]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    /// <summary>Who changed it last, and when.</summary>
    public string? Changed { get; private set; }

    /// <summary>On the wording; none where nothing is written.</summary>
    public IReadOnlyList<LintFinding> Advice { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Advice = Saved is null ? [] : await Mediator.Send(new LintWording(Asked, Consultation.OfflineRoute), cancellationToken);
        Changed = await LastChange(cancellationToken);
    }

    /// <param name="move">Direction and code: <c>up:q3</c>.</param>
    public async Task<IActionResult> OnPostMoveAsync(string move, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var (up, code) = Read(move);
        return Asked.Find(code) is { } question
            ? await Keep(Asked.Move(code, up), $"“{question.Text}” has moved {(up ? "up" : "down")}", $"question-{code}", cancellationToken)
            : NotFound();
    }

    /// <param name="move">Direction and the page's number from 1: <c>down:2</c>.</param>
    public async Task<IActionResult> OnPostMovePageAsync(string move, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var (up, text) = Read(move);
        return int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Asked.Pages.Count
            ? await Keep(
                Asked.MovePage(number - 1, up),
                $"Page “{Asked.Pages[number - 1].Title}” has moved {(up ? "up" : "down")}",
                $"page-{(up ? number - 1 : number + 1)}",
                cancellationToken)
            : NotFound();
    }

    public async Task<IActionResult> OnPostDuplicateAsync(string code, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Asked.Find(code) is { } question
            ? await Keep(Asked.Duplicate(code), $"There is a second “{question.Text}” now", $"question-{Asked.NextCode()}", cancellationToken)
            : NotFound();
    }

    private async Task<IActionResult> Keep(QuestionnaireContent content, string done, string anchor, CancellationToken cancellationToken) =>
        await Save(content, done, cancellationToken) ? BackTo(anchor) : Page();

    private static (bool Up, string What) Read(string move) =>
        move.Split(':', 2) is ["up" or "down", var what] parts ? (parts[0] == "up", what) : (false, "");
}
