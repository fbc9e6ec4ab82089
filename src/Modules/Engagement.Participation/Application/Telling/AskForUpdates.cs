using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Participation.Application.Telling;

/// <summary>
/// Asks whether an address wants to be told, by a message to it. The answer is the same whether or not the address is known, or has been asked
/// too often to be asked again.
/// </summary>
[AllowsAnyone]
public sealed record AskForUpdates(string EmailAddress, IReadOnlyList<FollowWish> Follows, IReadOnlyList<UpdatePurpose> Purposes) : ICommand<Unit>;

/// <param name="Value">The topic or the area; of a consultation the last part of its public address.</param>
public sealed record FollowWish(FollowKind Kind, string Value);

internal sealed class AskForUpdatesValidator : AbstractValidator<AskForUpdates>
{
    public const int MostFollows = 50;

    public AskForUpdatesValidator()
    {
        RuleFor(c => c.Follows)
            .NotEmpty().WithMessage("Select what you want to be told about")
            .Must(f => f.Count <= MostFollows).WithMessage($"Select {MostFollows} topics and areas or fewer")
            .Must(f => f.All(w => w.Value.Length is > 0 and <= 100 && !w.Value.Any(char.IsControl))).WithMessage("Select topics and areas from the list");
        RuleFor(c => c.Purposes).NotEmpty().WithMessage("Select when we should write to you");
        RuleForEach(c => c.Purposes).IsInEnum();
        RuleFor(c => c.EmailAddress).Cascade(CascadeMode.Stop).NotEmpty().WithMessage("Enter your e-mail address").IsAnAddress();
    }
}

internal sealed class AskForUpdatesHandler(IParticipationDb db, IMediator mediator, MasterKey masterKey, TimeProvider clock, IOptions<SiteOptions> site)
    : IRequestHandler<AskForUpdates, Unit>
{
    public async Task<Unit> Handle(AskForUpdates request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var things = new List<FollowedThing>();
        foreach (var wish in request.Follows.Distinct())
        {
            things.Add(new FollowedThing(wish.Kind, wish.Kind == FollowKind.Consultation ? (await Find(wish.Value, cancellationToken)).ToString() : wish.Value));
        }

        var asked = UpdatesRequest.Of(request.EmailAddress, things, request.Purposes, masterKey, now);
        if (await MayAsk(asked.AddressHash, now, cancellationToken))
        {
            db.UpdatesRequests.Add(asked);
            db.Notify(Notification.To(
                request.EmailAddress.Trim(), "updates-confirmation", $"updates-confirmation/{asked.Id}", asked.Id,
                Notices.ConfirmUpdates(site.Value.At($"/updates/confirm/{asked.Token(masterKey)}")), masterKey, now));
            await db.SaveChangesAsync(cancellationToken);
        }

        return Unit.Value;
    }

    private async Task<ConsultationId> Find(string slug, CancellationToken cancellationToken) =>
        (await mediator.Send(new FindPublicConsultation(slug), cancellationToken))?.Id
            ?? throw new ValidationException([new ValidationFailure(nameof(AskForUpdates.Follows), "This consultation is not there any more. Select topics or areas instead")]);

    private async Task<bool> MayAsk(byte[] addressHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var dayAgo = now.AddDays(-1);
        var recent = await db.UpdatesRequests.Where(r => r.AddressHash == addressHash && r.RequestedAt > dayAgo)
            .OrderByDescending(r => r.RequestedAt).Select(r => r.RequestedAt).Take(UpdatesRequest.MostADay).ToListAsync(cancellationToken);
        return recent.Count < UpdatesRequest.MostADay && (recent.Count == 0 || now - recent[0] >= UpdatesRequest.Pause);
    }
}
