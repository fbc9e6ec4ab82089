using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

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

internal sealed class RuleOnLateResponseHandler(
    IParticipationDb db, ResponseForms forms, MasterKey masterKey, ICurrentActor current, TimeProvider clock, IOptions<SiteOptions> site) : IRequestHandler<RuleOnLateResponse, Unit>
{
    public const string Kind = "late-response-ruled";

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
        await Tell(form, response, request.Admit, reason, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return Unit.Value;
    }

    /// <summary>Tells whoever left an address with it, once for each way it was ruled.</summary>
    private async Task Tell(ResponseForm form, Response response, bool admitted, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var contact = await (
            from c in db.Contacts
            join link in db.ContactResponses on c.Id equals link.ContactId
            where link.ConsultationId == response.ConsultationId && link.ResponseId == response.Id && c.UnsubscribedAt == null
            select c).FirstOrDefaultAsync(cancellationToken);
        var reference = $"late-ruled/{response.ConsultationId}/{response.Id}/{(admitted ? "admitted" : "refused")}";
        if (contact is not null && !await db.Notifications.AnyAsync(n => n.Reference == reference, cancellationToken))
        {
            db.Notify(Notification.To(
                contact.ReadAddress(masterKey), Kind, reference, response.ConsultationId.Value,
                Notices.RuledOnLate(form.Title, response.Reference, response.ReceivedOn, admitted, reason, Notices.UnsubscribeAddress(contact.Id, masterKey, site.Value)), masterKey, now));
        }
    }
}
