using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Equality;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>Takes one's response back, until the consultation closes: it counts no more, and nobody is shown it. The address and the equality answers that came with it are deleted.</summary>
/// <param name="ExpectedVersion">The version that was read.</param>
[AllowsAnyone]
public sealed record WithdrawResponse(string? Secret, string Reference, int ExpectedVersion, DateTimeOffset ArrivedAt) : ICommand<Unit>;

internal sealed class WithdrawResponseHandler(IParticipationDb db, OwnResponses own, MasterKey masterKey) : IRequestHandler<WithdrawResponse, Unit>
{
    public async Task<Unit> Handle(WithdrawResponse request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var response = await own.Find(request.Secret, request.Reference, cancellationToken);
        await own.MustBeOpen(response.ConsultationId, request.ArrivedAt, cancellationToken);
        if (response.IsWithdrawn)
        {
            return Unit.Value;
        }

        response.MustBeAt(request.ExpectedVersion);
        response.Withdraw(request.ArrivedAt);
        await db.SaveChangesAsync(cancellationToken);
        await ForgetAddress(response.Id, cancellationToken);
        var equality = EqualityAnswerSet.IdOf(ReceiptSecret.Read(request.Secret)!, masterKey);
        await db.EqualityAnswers.Where(e => e.Id == equality).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    /// <summary>An address that came with another response as well stays.</summary>
    private async Task ForgetAddress(Contracts.ResponseId response, CancellationToken cancellationToken)
    {
        var contacts = await db.ContactResponses.Where(c => c.ResponseId == response).Select(c => c.ContactId).ToListAsync(cancellationToken);
        await db.ContactResponses.Where(c => c.ResponseId == response).ExecuteDeleteAsync(cancellationToken);
        await db.Contacts
            .Where(c => contacts.Contains(c.Id) && !db.ContactResponses.Any(link => link.ContactId == c.Id))
            .ExecuteDeleteAsync(cancellationToken);
    }
}
