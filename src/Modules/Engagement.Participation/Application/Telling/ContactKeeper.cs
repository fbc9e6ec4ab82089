using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Telling;

/// <summary>Keeps an address that came with a response and confirms it, in the transaction of the response.</summary>
internal sealed class ContactKeeper(IParticipationDb db, IResponseStore store, MasterKey masterKey, TimeProvider clock, IOptions<SiteOptions> site)
{
    /// <summary>Anybody can type anybody's address: no more confirmations than this go to one address in a day, nor two within the pause.</summary>
    public const int MostConfirmationsADay = 3;
    public const string LateKind = "late-response-received";
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public async Task Keep(string emailAddress, Response response, ResponseForm form, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var contact = Contact.At(emailAddress, response.ConsultationId, masterKey, now);
        var mayConfirm = await MayConfirm(contact.AddressHash, now, cancellationToken);
        var id = await store.KeepContact(contact, response, cancellationToken);
        if (mayConfirm)
        {
            var unsubscribe = Notices.UnsubscribeAddress(id, masterKey, site.Value);
            var (kind, content) = response.IsLate
                ? (LateKind, Notices.ReceivedLate(form.Title, form.ClosesAt, response.Reference, response.ReceivedOn, unsubscribe))
                : ("response-received", Notices.Received(form.Title, form.ClosesAt, response.Reference, response.SubmittedAt, unsubscribe));
            db.Notify(Notification.To(emailAddress.Trim(), kind, $"received/{response.ConsultationId}/{response.Id}", response.ConsultationId.Value, content, masterKey, now));
        }
    }

    private async Task<bool> MayConfirm(byte[] addressHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dayAgo = now.AddDays(-1);
        var recent = await (
            from c in db.Contacts
            join link in db.ContactResponses on c.Id equals link.ContactId
            where c.AddressHash == addressHash && link.LinkedAt > dayAgo
            orderby link.LinkedAt descending
            select link.LinkedAt).Take(MostConfirmationsADay).ToListAsync(cancellationToken);
        return recent.Count < MostConfirmationsADay && (recent.Count == 0 || now - recent[0] >= Pause);
    }
}
