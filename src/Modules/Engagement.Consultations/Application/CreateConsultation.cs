using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>Drafts a consultation for an engagement, which need not be approved yet.</summary>
[RequiresScope("consultations:write")]
public sealed record CreateConsultation(EngagementId EngagementId, ConsultationDetails Details) : ICommand<ConsultationView>;

internal sealed class CreateConsultationValidator : AbstractValidator<CreateConsultation>
{
    public CreateConsultationValidator(IOptions<ConsultationsOptions> options) => RuleFor(c => c.Details).SetValidator(new ConsultationDetailsValidator(options.Value)).OverridePropertyName("");
}

internal sealed class CreateConsultationHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<CreateConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(CreateConsultation request, CancellationToken cancellationToken)
    {
        var engagement = await mediator.Send(new FindEngagement(request.EngagementId), cancellationToken)
            ?? throw new ValidationException([new ValidationFailure(nameof(request.EngagementId), "There is no such engagement")]);
        if (engagement.IsCancelled)
        {
            throw new RuleBrokenException("engagement-cancelled", $"Engagement {engagement.Reference} was cancelled, so nothing new can be drafted for it.");
        }

        // What people read when they answer stays; the plan may change. So the consultation has statements of its own.
        var details = request.Details with
        {
            WhatCanChange = OrElse(request.Details.WhatCanChange, engagement.WhatCanChange),
            WhatCannotChange = OrElse(request.Details.WhatCannotChange, engagement.WhatCannotChange),
        };
        var now = clock.GetUtcNow();
        var consultation = Consultation.Draft(request.EngagementId, await db.FreeSlug(details.Title, cancellationToken), details, current.Actor, now);

        // Regimes and inputs that do not exist are refused while somebody is still looking at them.
        consultation.TimetableFor(consultation.Period, engagement.DecisionOn, await timescales.Now(cancellationToken));
        db.Consultations.Add(consultation);
        db.Assurances.Add(ConsultationAssurance.Begin(consultation.Id));
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }

    private static string? OrElse(string? own, string planned) => string.IsNullOrWhiteSpace(own) ? planned : own;
}
