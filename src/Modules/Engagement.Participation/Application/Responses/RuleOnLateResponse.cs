using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>Rules whether a late response counts. Somebody other than who logged it rules; the reason goes on the record.</summary>
[RequiresScope("participation:write")]
public sealed record RuleOnLateResponse(ConsultationId ConsultationId, ResponseId ResponseId, bool Admit, string Reason) : ICommand<Unit>;

internal sealed class RuleOnLateResponseValidator : AbstractValidator<RuleOnLateResponse>
{
    public const int LongestReason = 1_000;

    public RuleOnLateResponseValidator() =>
        RuleFor(c => c.Reason)
            .NotEmpty().WithMessage("Enter why the response counts or does not")
            .MaximumLength(LongestReason).WithMessage($"The reason must be {LongestReason} characters or fewer");
}

internal sealed class RuleOnLateResponseHandler(IParticipationDb db, ResponseForms forms, ICurrentActor current, TimeProvider clock) : IRequestHandler<RuleOnLateResponse, Unit>
{
    public async Task<Unit> Handle(RuleOnLateResponse request, CancellationToken cancellationToken)
    {
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var form = await forms.LockForRecord(request.ConsultationId, cancellationToken) ?? throw new NotFoundException("response");
        var response = await db.Responses.SingleOrDefaultAsync(
            r => r.ConsultationId == request.ConsultationId && r.Id == request.ResponseId && r.WithdrawnAt == null, cancellationToken)
            ?? throw new NotFoundException("response");
        var now = clock.GetUtcNow();
        var reason = request.Reason.Trim();
        response.Rule(request.Admit, reason, current.Actor, now);
        form.RecordRuling(response.Id, request.Admit, reason, now);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return Unit.Value;
    }
}
