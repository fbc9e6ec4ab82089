using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application.Drafts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>What every page of the form shares: the consultation in its address, the draft that the cookie leads to, and the way on.</summary>
public abstract class RespondPage(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Slug { get; set; } = "";

    public RespondingView View { get; protected set; } = null!;

    protected IMediator Mediator => mediator;

    protected string? Code => Request.Cookies[RespondCookies.Draft];

    /// <summary>The address of a page of the form; empty for its start.</summary>
    public string At(string page) => page.Length == 0 ? RespondCookies.DraftPath(Slug) : $"{RespondCookies.DraftPath(Slug)}/{page}";

    public string At(int number) => At(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    protected async Task Load(CancellationToken cancellationToken) => View = await mediator.Send(new ShowResponding(Slug, Code), cancellationToken);

    /// <summary>What the page says of the consultation beside the questions: words alone, so while it is open those of a moment ago do.</summary>
    protected async Task<PublicConsultationView> ShowConsultation(Copies<PublicConsultationView> copies, CancellationToken cancellationToken) => (await copies.Find(
        Slug, _ => View.State == RespondingState.Open, async () => await mediator.Send(new ShowPublicConsultation(Slug), cancellationToken)))!;

    /// <summary>Where somebody belongs for whom this page is not (any more): after sending, after the close, before the opening. Null where it is.</summary>
    protected IActionResult? Elsewhere() =>
        View.Draft?.SentAt is not null ? Redirect(At("sent"))
        : View.State == RespondingState.Closed ? Redirect(At("closed"))
        : View.State != RespondingState.Open || View.Journey is null ? Redirect(At(""))
        : null;

    /// <summary>The first page that is shown; there always is one, because nothing before it could hide it.</summary>
    protected int FirstPage => View.Journey!.Pages[0].Number;
}
