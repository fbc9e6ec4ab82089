using System.Globalization;
using System.Text;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Sends the link to answers in progress by e-mail. The address is not kept beyond the message, or beyond the reminder where one is asked for.</summary>
/// <param name="Remind">Whether to remind this address some time before the deadline.</param>
[AllowsAnyone]
public sealed record SendDraftLink(string Slug, string? Code, string Email, bool Remind) : ICommand<SendDraftLinkResult>;

public enum SendDraftLinkResult
{
    Sent,
    NotFound,
}

internal sealed class SendDraftLinkValidator : AbstractValidator<SendDraftLink>
{
    public SendDraftLinkValidator() => RuleFor(c => c.Email).NotEmpty().WithMessage("Enter your e-mail address").IsAnAddress();
}

internal sealed class SendDraftLinkHandler(
    IParticipationDb db, OwnDrafts drafts, MasterKey masterKey, TimeProvider clock, IOptions<ParticipationOptions> options, IOptions<SiteOptions> site)
    : IRequestHandler<SendDraftLink, SendDraftLinkResult>
{
    /// <summary>Anybody can type anybody's address: no more links than this go out of one draft, nor to one address in a day.</summary>
    public const int MostLinks = 3;

    private const string Kind = "draft-link";

    public async Task<SendDraftLinkResult> Handle(SendDraftLink request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var facts = await drafts.FindConsultation(request.Slug, now, cancellationToken) ?? throw new NotFoundException("consultation");
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var draft = await drafts.Lock(request.Code, facts, cancellationToken);
        if (draft is null || draft.IsSent)
        {
            return SendDraftLinkResult.NotFound;
        }

        var reference = await NextReference(draft, request.Email, now, cancellationToken);
        draft.CountLink();
        var code = DraftCode.Read(request.Code)!;
        if (request.Remind && now < facts.ClosesAt - options.Value.DraftReminder)
        {
            draft.AskForReminder(request.Email, code, masterKey);
        }

        db.Notify(Notification.To(
            request.Email, Kind, reference, facts.Id.Value, DraftNotices.Link(facts, code, drafts.KeptUntil(draft, facts), site.Value), masterKey, now));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return SendDraftLinkResult.Sent;
    }

    /// <summary>Counts by a keyed hash of address and day; two that count at once cannot take the same number.</summary>
    private async Task<string> NextReference(Draft draft, string email, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var day = UkTime.DateOf(now).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var address = Convert.ToHexStringLower(masterKey.Hash(Kind, $"{day} {email.ToLowerInvariant().Normalize(NormalizationForm.FormC)}").AsSpan(0, 16));
        var prefix = $"{Kind}/{address}/";
        var sent = await db.Notifications.CountAsync(n => n.Reference.StartsWith(prefix), cancellationToken);
        return sent < MostLinks && draft.LinksSent < MostLinks
            ? $"{prefix}{sent + 1}"
            : throw new RuleBrokenException(
                "too-many-links", "We have sent the link several times already, so we do not send it again today. Look in your junk mail, or write down or print the code on this page.");
    }
}
