using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Public;
using Engagement.Kernel;
using Engagement.Participation.Application;
using Engagement.Participation.Application.Drafts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>
/// For those whose answers were in progress when the consultation closed: that they were not counted and why, all of their words to
/// take away, and what they can still do.
/// </summary>
[AllowAnonymous]
public sealed class ClosedModel(IMediator mediator, IOptions<ParticipationOptions> options) : RespondPage(mediator)
{
    public PublicConsultationView Consultation { get; private set; } = null!;

    public AnswersInWords Answers { get; private set; } = null!;

    public string LateComments => options.Value.LateComments;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (await Find(cancellationToken) is { } elsewhere)
        {
            return elsewhere;
        }

        Consultation = await Mediator.Send(new ShowPublicConsultation(Slug), cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnGetCopyAsync(CancellationToken cancellationToken) =>
        await Find(cancellationToken) ?? ReceiptCopy.AsFile(
            Answers.AsText(
                $"Answers that were not counted: {View.Title}",
                $"The consultation closed at {UkTime.SpellDeadline(View.ClosesAt)}.",
                View.Draft!.LateAt is { } late ? $"These answers arrived at {UkTime.SpellInstantToTheSecond(late)}." : "These answers were not sent."),
            $"my-answers-{Slug}.txt");

    private async Task<IActionResult?> Find(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (View.Draft is null || View.Draft.SentAt is not null || View.State is RespondingState.Open or RespondingState.NotYetOpen || View.Questionnaire is null)
        {
            return Redirect(At(View.Draft?.SentAt is null ? "" : "sent"));
        }

        Answers = AnswersInWords.OfEverything(View.Questionnaire, View.Draft.Answers);
        return null;
    }
}
