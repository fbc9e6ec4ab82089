using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>Proposes a later deadline. It moves nothing until a second person approves it, which must be before the present deadline.</summary>
/// <param name="Closes">As for a new consultation: without a time, to the end of the day.</param>
/// <param name="ExpectedVersion">The version the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record ProposeExtension(ConsultationId Id, UkMoment Closes, string PublicReason, int? ExpectedVersion = null) : ICommand<ConsultationView>;

internal sealed class ProposeExtensionValidator : AbstractValidator<ProposeExtension>
{
    public ProposeExtensionValidator(IOptions<ConsultationsOptions> options)
    {
        RuleFor(c => c.Closes).IsMoment(options.Value.TimeStep);
        RuleFor(c => c.PublicReason).IsPublicReason();
    }
}

internal sealed class ProposeExtensionHandler(IConsultationsDb db, IMediator mediator, ITimescales timescales, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<ProposeExtension, ConsultationView>
{
    public async Task<ConsultationView> Handle(ProposeExtension request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken);
        var actual = await db.ActualDates(consultation, cancellationToken);
        var timetable = consultation.TimetableFor(consultation.Period.Until(request.Closes), engagement?.DecisionOn, await timescales.Now(cancellationToken), actual);
        var now = clock.GetUtcNow();
        consultation.ProposeExtension(request.Closes, request.PublicReason, timetable, current.Actor, now);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}
