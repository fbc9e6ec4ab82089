using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Adds a commitment to the outcome, or says one in other words. It is public from the next publication on.</summary>
/// <param name="ExpectedVersion">The loop's version that the caller read; null where a new one is added.</param>
[RequiresScope("outcomes:write")]
public sealed record PromiseCommitment(ConsultationId ConsultationId, CommitmentText Commitment, int? ExpectedVersion) : ICommand<CommitmentId>;

internal sealed class PromiseCommitmentValidator : AbstractValidator<PromiseCommitment>
{
    public PromiseCommitmentValidator() => RuleFor(c => c.Commitment).SetValidator(new CommitmentTextValidator());
}

/// <summary>The shape of one commitment, however it is written.</summary>
internal sealed class CommitmentTextValidator : AbstractValidator<CommitmentText>
{
    public CommitmentTextValidator()
    {
        RuleFor(c => c.Text).IsText("Enter what is promised", "The commitment", TextRules.ReasonLength);
        RuleFor(c => c.Owner).IsText("Enter who answers for it", "The owner", TextRules.LineLength);
    }
}

internal sealed class PromiseCommitmentHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<PromiseCommitment, CommitmentId>
{
    public async Task<CommitmentId> Handle(PromiseCommitment request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
        var id = loop.Promise(request.Commitment, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }
}
