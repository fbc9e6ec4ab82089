using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Application.Public;
using Engagement.Kernel;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace Engagement.Host.Pages.Public.Outcome;

/// <summary>We asked, you said, we did: what became of a consultation; or when that is due, and that it is late when it is.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = WebRegistration.SameForEverybody)]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    [FromRoute]
    public string Slug { get; set; } = "";

    /// <summary>Null while the answers are not yet in: then <see cref="Consultation"/> says how far it has come.</summary>
    public PublicOutcome? Outcome { get; private set; }

    public PublicConsultationView? Consultation { get; private set; }

    public string ConsultationTitle => Outcome?.Title ?? Consultation!.Title;

    public async Task<IActionResult> OnGetAsync(int? version, CancellationToken cancellationToken)
    {
        // A version that is no number is a page that is not there.
        if (!ModelState.IsValid)
        {
            return NotFound();
        }

        try
        {
            Outcome = await mediator.Send(new ShowPublicOutcome(Slug, version), cancellationToken);
            return this.PageOrNotModified(Outcome, FreshFor, clock.Today());
        }
        catch (NotFoundException) when (version is null)
        {
            Consultation = await mediator.Send(new ShowPublicConsultation(Slug), cancellationToken);
            return this.PageOrNotModified(Consultation, Consultation.FreshFor, clock.Today());
        }
    }

    public static string Spell(Disposition disposition) => disposition switch
    {
        Disposition.Adopted => "We are doing this",
        Disposition.PartlyAdopted => "We are doing part of this",
        Disposition.NotAdopted => "We are not doing this",
        Disposition.OutOfScope => "This was outside what could be decided",
        _ => "This was planned already",
    };

    public static string Did(Disposition disposition) => disposition switch
    {
        Disposition.Adopted => "We did",
        Disposition.PartlyAdopted => "We did part of this",
        Disposition.NotAdopted => "We did not do this",
        Disposition.OutOfScope => "We could not decide this here",
        _ => "We had planned this already",
    };

    public static string Spell(CommitmentView commitment) => commitment.Status switch
    {
        CommitmentStatus.Done => "Done",
        CommitmentStatus.NotDone => "Given up",
        _ when commitment.IsOverdue => "Late",
        CommitmentStatus.InProgress => "In progress",
        _ => "Promised",
    };

    public static string? Colour(CommitmentView commitment) => commitment.Status switch
    {
        CommitmentStatus.Done => "green",
        CommitmentStatus.NotDone => "grey",
        _ when commitment.IsOverdue => "red",
        CommitmentStatus.InProgress => null,
        _ => "grey",
    };
}
