using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Consultations.Application;

/// <summary>Changes what officers wrote; an approval of the old text is void.</summary>
/// <param name="ExpectedVersion">The version the caller read.</param>
/// <param name="Details">The whole of it as it is to be.</param>
[RequiresScope("consultations:write")]
public sealed record EditConsultation(ConsultationId Id, int ExpectedVersion, ConsultationDetails Details) : ICommand<ConsultationView>;

internal sealed class EditConsultationValidator : AbstractValidator<EditConsultation>
{
    public EditConsultationValidator(IOptions<ConsultationsOptions> options) => RuleFor(c => c.Details).SetValidator(new ConsultationDetailsValidator(options.Value)).OverridePropertyName("");
}

internal sealed class EditConsultationHandler(IConsultationsDb db, ITimescales timescales, NoticeTasks notices, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<EditConsultation, ConsultationView>
{
    public async Task<ConsultationView> Handle(EditConsultation request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, request.ExpectedVersion, cancellationToken);
        consultation.Edit(request.Details, current.Actor, now);

        // Regimes and inputs that do not exist are refused while somebody is still looking at them.
        consultation.TimetableFor(consultation.Period, decision: null, await timescales.Now(cancellationToken));
        await notices.Follow(consultation, null, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return ConsultationView.Of(consultation, now);
    }
}

/// <summary>What can be edited, as it is now.</summary>
[RequiresScope("consultations:write")]
public sealed record FindConsultationDetails(ConsultationId Id) : IQuery<ConsultationDetails>;

internal sealed class FindConsultationDetailsHandler(IConsultationsDb db) : IRequestHandler<FindConsultationDetails, ConsultationDetails>
{
    public async Task<ConsultationDetails> Handle(FindConsultationDetails request, CancellationToken cancellationToken) =>
        (await db.Load(request.Id, cancellationToken)).Details;
}
