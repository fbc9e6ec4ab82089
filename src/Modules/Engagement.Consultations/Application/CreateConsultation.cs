using Engagement.Consultations.Domain;
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

        var now = clock.GetUtcNow();
        var consultation = Consultation.Draft(request.EngagementId, await db.FreeSlug(request.Details.Title, cancellationToken), request.Details, current.Actor, now);

        // Regimes and inputs that do not exist are refused while somebody is still looking at them.
        consultation.TimetableFor(consultation.Period, engagement.DecisionOn, await timescales.Now(cancellationToken));
        db.Consultations.Add(consultation);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
