using Engagement.Kernel;
using Engagement.Participation.Application;
using Engagement.Participation.Application.Drafts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>How to come back: a code to write down or print, or a link by e-mail. No account.</summary>
[AllowAnonymous]
public sealed class SaveModel(IMediator mediator, TimeProvider clock, IOptions<ParticipationOptions> options) : RespondPage(mediator)
{
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public bool Remind { get; set; }

    /// <summary>Set on the page that follows a message; the address itself is never repeated.</summary>
    [FromQuery]
    public bool Sent { get; set; }

    /// <summary>In groups of four, as it is read and written.</summary>
    public string ReadableCode => string.Join('-', Code!.Chunk(4).Select(c => new string(c)));

    public string KeptUntil => UkTime.Spell(UkTime.DateOf(View.Draft!.KeptUntil.AddTicks(-1)));

    public int DaysKeptAfterClose => (int)options.Value.DraftsKeptAfterClose.TotalDays;

    /// <summary>A reminder makes sense only while its time is to come.</summary>
    public bool CanRemind => clock.GetUtcNow() < View.ClosesAt - options.Value.DraftReminder;

    public string Onward => View.Journey!.FirstIncomplete is { } incomplete ? At(incomplete) : At("check");

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Elsewhere() ?? (View.Draft is null ? Redirect(At("")) : Page());
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if ((Elsewhere() ?? (View.Draft is null ? Redirect(At("")) : null)) is { } elsewhere)
        {
            return elsewhere;
        }

        var sent = await this.SendOrShowErrors(
            Mediator, new SendDraftLink(Slug, Code, Email?.Trim() ?? "", Remind), cancellationToken, member => member is "Email" or "too-many-links" ? nameof(Email) : null);
        return sent.Succeeded ? Redirect(At("save") + "?sent=true") : Page();
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        await Mediator.Send(new DeleteDraft(Slug, Code), cancellationToken);
        RespondCookies.ForgetDraft(HttpContext, Slug);
        return Redirect(At(""));
    }

    /// <summary>On a shared computer: only the code leads back.</summary>
    public IActionResult OnPostFinish()
    {
        RespondCookies.ForgetDraft(HttpContext, Slug);
        return Redirect(At(""));
    }
}
