using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>
/// Drafts a new round of a consultation that people have been asked, with its text, its regimes and its questions. What is still open is withdrawn. Everybody who
/// responded or follows it is told of the new round when that opens.
/// </summary>
/// <param name="WhatChanged">In words for the public.</param>
/// <param name="ExpectedVersion">The version the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record RestartConsultation(ConsultationId Id, string WhatChanged, UkMoment Opens, UkMoment Closes, int? ExpectedVersion = null) : ICommand<ConsultationView>;

internal sealed class RestartConsultationValidator : AbstractValidator<RestartConsultation>
{
    public RestartConsultationValidator(IOptions<ConsultationsOptions> options)
    {
        RuleFor(c => c.WhatChanged).NotEmpty().WithMessage("Say what changed, in words for the public").IsText(2_000);
        RuleFor(c => c.Opens).IsMoment(options.Value.TimeStep);
        RuleFor(c => c.Closes).IsMoment(options.Value.TimeStep);
    }
}

internal sealed class RestartConsultationHandler(IConsultationsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<RestartConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(RestartConsultation request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        if (engagement?.IsCancelled == true)
        {
            throw new RuleBrokenException("engagement-cancelled", $"Engagement {engagement.Reference} was cancelled, so nothing new can be drafted for it.");
        }

        if (await db.Consultations.AnyAsync(c => c.RestartOf == request.Id, cancellationToken))
        {
            throw new RuleBrokenException("already-restarted", "A new round of it has been drafted already. Change that one, or begin another round from it once it has opened.");
        }

        var now = clock.GetUtcNow();
        var slug = await db.FreeSlug(consultation.Content.Title, cancellationToken);
        var next = consultation.Restart(slug, request.Opens, request.Closes, request.WhatChanged, current.Actor, now);
        db.Consultations.Add(next);
        db.Assurances.Add(ConsultationAssurance.Begin(next.Id));
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(next, now);
    }
}
