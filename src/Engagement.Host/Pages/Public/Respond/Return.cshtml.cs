using Engagement.Participation.Application.Drafts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>Back to answers in progress, by a link or a code: either is exchanged for the cookie at once, and stands in no address after that.</summary>
[AllowAnonymous]
public sealed class ReturnModel(IMediator mediator) : RespondPage(mediator)
{
    [BindProperty]
    public string? ReturnCode { get; set; }

    public async Task<IActionResult> OnGetAsync([FromQuery(Name = "code")] string? code, CancellationToken cancellationToken)
    {
        if (code is null)
        {
            await Load(cancellationToken);
            return Page();
        }

        if (await Exchange(code, cancellationToken) is { } onward)
        {
            return onward;
        }

        ModelState.AddModelError(nameof(ReturnCode), "This link leads to no saved answers. They may have been sent, deleted or kept for their time. Check the link, or enter your code");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await Exchange(ReturnCode ?? "", cancellationToken) is { } onward)
        {
            return onward;
        }

        ModelState.AddModelError(
            nameof(ReturnCode),
            string.IsNullOrWhiteSpace(ReturnCode) ? "Enter your code" : "Enter the 28 letters and numbers of your code as they were shown. If they are right, the answers have been deleted, because their time was over");
        return Page();
    }

    private async Task<IActionResult?> Exchange(string code, CancellationToken cancellationToken)
    {
        View = await Mediator.Send(new ShowResponding(Slug, code), cancellationToken);
        if (View.Draft is null)
        {
            return null;
        }

        RespondCookies.KeepDraft(HttpContext, Slug, Plain(code));
        return Elsewhere() ?? Redirect(View.Journey!.FirstIncomplete is { } incomplete ? At(incomplete) : View.Journey.Exit is null ? At("check") : At("exit"));
    }

    private static string Plain(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
