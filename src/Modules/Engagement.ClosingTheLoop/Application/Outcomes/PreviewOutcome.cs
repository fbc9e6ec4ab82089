using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>The outcome as the public would see it, were it published now.</summary>
[RequiresScope("outcomes:read")]
public sealed record PreviewOutcome(ConsultationId ConsultationId) : IQuery<OutcomePreview>;

/// <param name="Public">As the public would see it; null while no decision is recorded, or nothing is written.</param>
/// <param name="Version">The loop's ETag: what is published is what was read.</param>
/// <param name="Authors">Who wrote since the last publication: none of them may publish.</param>
/// <param name="StandsInTheWay">What publication would be refused for.</param>
/// <param name="ClosesTheLoop">False where it would say only what happens next: the outcome stays due.</param>
public sealed record OutcomePreview(
    string Title, PublicOutcome? Public, int Version, int PublishedVersion, IReadOnlyList<string> Authors, IReadOnlyList<Breach> StandsInTheWay, bool ClosesTheLoop);

internal sealed class PreviewOutcomeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<PreviewOutcome, OutcomePreview>
{
    public async Task<OutcomePreview> Handle(PreviewOutcome request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        var tally = await db.TallyThemes(request.ConsultationId, cancellationToken);
        var cleared = await db.ClearedQuotations(request.ConsultationId, cancellationToken);
        var now = clock.GetUtcNow();
        var content = loop.ContentToPublish(tally);
        return new OutcomePreview(
            loop.Title,
            content is null ? null : await Show(loop, content, now, cancellationToken),
            loop.Version,
            loop.PublishedVersion,
            loop.Authors,
            loop.WhatStandsInTheWay(tally, cleared),
            content?.ClosesTheLoop ?? false);
    }

    private async Task<PublicOutcome> Show(Loop loop, PublishedContent content, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = UkTime.DateOf(now);
        var version = OutcomeVersion.Of(loop.ConsultationId, loop.PublishedVersion + 1, content, publishedBy: "", reason: null, now);
        return PublicOutcome.Of(loop, today, content.ClosesTheLoop ? LoopState.Closed : null, await db.ShowVersion(loop, version, today, cancellationToken), []);
    }
}
