using Engagement.Kernel;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Platform.Security;
using MediatR;

namespace Engagement.Participation.Application.Responses;

/// <summary>Takes one's response back, until the consultation closes: it counts no more, and nobody is shown it. The address and the equality answers that came with it are deleted.</summary>
/// <param name="ExpectedVersion">The version that was read.</param>
[AllowsAnyone]
public sealed record WithdrawResponse(string? Secret, string Reference, int ExpectedVersion, DateTimeOffset ArrivedAt) : ICommand<Unit>;

internal sealed class WithdrawResponseHandler(IParticipationDb db, OwnResponses own, Erasures erasures, MasterKey masterKey) : IRequestHandler<WithdrawResponse, Unit>
{
    public async Task<Unit> Handle(WithdrawResponse request, CancellationToken cancellationToken)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var response = await own.Find(request.Secret, request.Reference, cancellationToken);
            await own.MustBeOpen(response.ConsultationId, request.ArrivedAt, cancellationToken);
            if (!response.IsWithdrawn)
            {
                response.MustBeAt(request.ExpectedVersion);
                response.Withdraw(request.ArrivedAt);
                db.Erasures.Add(Erasure.Of(ErasureKind.Response, response.Id.Value, request.ArrivedAt));
                await db.SaveChangesAsync(cancellationToken);
                await erasures.Remove(ErasureKind.Response, response.Id.Value, cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
        }

        // In a transaction of its own, and also where the response was taken back before: rows that one transaction wrote can be told to belong together.
        await erasures.Erase(ErasureKind.EqualityAnswers, EqualityAnswerSet.IdOf(ReceiptSecret.Read(request.Secret)!, masterKey), cancellationToken);
        return Unit.Value;
    }
}
