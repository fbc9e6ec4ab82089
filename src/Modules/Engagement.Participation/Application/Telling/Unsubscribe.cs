using Engagement.Kernel;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Telling;

/// <summary>Ends messages about one consultation to one address; also those that are queued already. Once more changes nothing.</summary>
/// <param name="Token">From the link in a message: it proves itself.</param>
[AllowsAnyone]
public sealed record Unsubscribe(string Token) : ICommand<Unit>;

/// <summary>The title of the consultation that a link in a message is about.</summary>
[AllowsAnyone]
public sealed record ShowSubscription(string Token) : IQuery<string>;

internal sealed class UnsubscribeHandler(IParticipationDb db, Erasures erasures, MasterKey masterKey)
    : IRequestHandler<Unsubscribe, Unit>, IRequestHandler<ShowSubscription, string>
{
    public async Task<Unit> Handle(Unsubscribe request, CancellationToken cancellationToken)
    {
        var contact = await Find(request.Token, cancellationToken);
        await erasures.Erase(ErasureKind.Messages, contact.Id, cancellationToken);
        return Unit.Value;
    }

    public async Task<string> Handle(ShowSubscription request, CancellationToken cancellationToken)
    {
        var contact = await Find(request.Token, cancellationToken);
        return await db.Forms.Where(f => f.ConsultationId == contact.ConsultationId).Select(f => f.Title).SingleAsync(cancellationToken);
    }

    private async Task<Contact> Find(string token, CancellationToken cancellationToken)
    {
        var id = Contact.ReadUnsubscribeToken(token, masterKey);
        return (id is null ? null : await db.Contacts.SingleOrDefaultAsync(c => c.Id == id, cancellationToken)) ?? throw new NotFoundException("subscription");
    }
}
