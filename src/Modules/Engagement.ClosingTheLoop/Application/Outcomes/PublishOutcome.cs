using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Publishes what is written as the next version, by somebody who wrote none of it. Everybody who left an address is then told.</summary>
/// <param name="Reason">What is corrected and why; null for the first version.</param>
/// <param name="ExpectedVersion">The loop's version that the publisher read: what is approved is what was read.</param>
[RequiresScope("outcomes:approve")]
public sealed record PublishOutcome(ConsultationId ConsultationId, string? Reason, int? ExpectedVersion) : ICommand<PublishOutcomeResult>;

/// <param name="OutcomeVersion">Counts publications, from 1.</param>
/// <param name="ClosesTheLoop">False where it only says what happens next: the outcome stays due.</param>
/// <param name="Version">The loop's ETag.</param>
public sealed record PublishOutcomeResult(int OutcomeVersion, bool ClosesTheLoop, int Version);

internal sealed class PublishOutcomeValidator : AbstractValidator<PublishOutcome>
{
    public PublishOutcomeValidator() => RuleFor(c => c.Reason!).IsReason("Enter what is corrected and why").When(c => c.Reason is not null);
}

internal sealed class PublishOutcomeHandler(IClosingTheLoopDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<PublishOutcome, PublishOutcomeResult>
{
    public Task<PublishOutcomeResult> Handle(PublishOutcome request, CancellationToken cancellationToken) => db.InTransaction(
        async () =>
        {
            var loop = await db.LockLoop(request.ConsultationId, request.ExpectedVersion, cancellationToken);
            var tally = await db.TallyThemes(request.ConsultationId, cancellationToken);
            var cleared = await db.ClearedQuotations(request.ConsultationId, cancellationToken);
            var published = loop.Publish(tally, cleared, current.Actor, request.Reason, clock.GetUtcNow());
            db.OutcomeVersions.Add(published);
            await db.SaveChangesAsync(cancellationToken);
            return new PublishOutcomeResult(published.Number, published.Content.ClosesTheLoop, loop.Version);
        },
        cancellationToken);
}
