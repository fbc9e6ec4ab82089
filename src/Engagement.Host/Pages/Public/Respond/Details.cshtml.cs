using Engagement.Participation.Application.Drafts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>After the questions: for whom somebody answers, whether their words may be published, and where they want to be told.</summary>
[AllowAnonymous]
public sealed class DetailsModel(IMediator mediator, TimeProvider clock) : RespondPage(mediator)
{
    [BindProperty]
    public string? OnBehalfOf { get; set; }

    [BindProperty]
    public bool ConsentToPublish { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [FromQuery]
    public string? From { get; set; }

    public string Back => From == QuestionModel.FromCheck ? At("check") : At(View.Journey!.Pages[^1].Number);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if ((Elsewhere() ?? NotYetHere()) is { } elsewhere)
        {
            return elsewhere;
        }

        var draft = View.Draft!;
        (OnBehalfOf, ConsentToPublish, Email) = (draft.OnBehalfOf, draft.ConsentToPublish, draft.Email);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var arrivedAt = clock.GetUtcNow();
        await Load(cancellationToken);
        if (View.Draft is null)
        {
            return Redirect(At(""));
        }

        var sent = await this.SendOrShowErrors(
            Mediator, new SaveDraftDetails(Slug, Code, arrivedAt, OrNothing(OnBehalfOf), ConsentToPublish, OrNothing(Email)), cancellationToken);
        if (!sent.Succeeded)
        {
            return View.Journey is null || View.State != RespondingState.Open ? Elsewhere() ?? Page() : Page();
        }

        return sent.Value!.IsSent ? Redirect(At("sent"))
            : sent.Value.State == RespondingState.Closed ? Redirect(At("closed"))
            : sent.Value.State != RespondingState.Open ? Redirect(At(""))
            : Redirect(At(Request.Form["leave"].Count > 0 ? "save" : "check"));
    }

    private static string? OrNothing(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private RedirectResult? NotYetHere() =>
        View.Draft is null ? Redirect(At(""))
        : View.Journey!.FirstIncomplete is { } incomplete ? Redirect(At(incomplete))
        : View.Journey.Exit is not null ? Redirect(At("exit"))
        : null;
}
