using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Says in public how a promise is getting on.</summary>
/// <param name="Note">What has been done, or for <c>not-done</c> why it will not be.</param>
[RequiresScope("outcomes:write")]
public sealed record UpdateCommitment(
    ConsultationId ConsultationId, CommitmentId CommitmentId, CommitmentStatus Status, string Note, int? ExpectedVersion) : ICommand<int>;

internal sealed class UpdateCommitmentValidator : AbstractValidator<UpdateCommitment>
{
    public UpdateCommitmentValidator() =>
        RuleFor(c => c.Note)
            .Must(note => !string.IsNullOrWhiteSpace(note))
            .WithMessage(c => c.Status == CommitmentStatus.NotDone ? "Enter why it will not be done" : "Enter what has been done so far")
            .IsNoLongerThan("The note", TextRules.ReasonLength);
}

internal sealed class UpdateCommitmentHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<UpdateCommitment, int>
{
    public async Task<int> Handle(UpdateCommitment request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        loop.MoveCommitmentOn(request.CommitmentId, request.Status, request.Note, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
