using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>The loop of a consultation as officers see it: what is written, what is published, what stands in the way.</summary>
[RequiresScope("outcomes:read")]
public sealed record ShowOutcome(ConsultationId ConsultationId) : IQuery<OutcomeView>;

/// <param name="Version">The loop's ETag.</param>
/// <param name="DaysLate">0 on the due date itself, before it, and once the loop is closed.</param>
/// <param name="Introduction">As written now; null while nothing is written.</param>
/// <param name="Themes">Every theme of the coding frame: with its answer, or without one yet.</param>
/// <param name="Authors">Who wrote since the last publication: none of them may publish.</param>
/// <param name="StandsInTheWay">What publication would be refused for.</param>
public sealed record OutcomeView(
    ConsultationId ConsultationId,
    string Slug,
    string Title,
    int Version,
    LoopState State,
    DateOnly DueOn,
    string? DueDateReason,
    int DaysLate,
    int Responses,
    DateTimeOffset? CodingCompletedAt,
    Decision? Decision,
    string? Introduction,
    IReadOnlyList<ThemeToAnswer> Themes,
    string? WhatHappensNext,
    IReadOnlyList<CommitmentView> Commitments,
    IReadOnlyList<string> Authors,
    IReadOnlyList<VersionRow> Versions,
    IReadOnlyList<Breach> StandsInTheWay);

/// <param name="RaisedIn">Responses that raise it, of all responses in the set.</param>
/// <param name="MustBeAnswered">It is above the threshold that was set before opening.</param>
/// <param name="Answer">Null while none is written.</param>
/// <param name="Tag">Names what the answer says: whoever changes it alone sends this back.</param>
public sealed record ThemeToAnswer(ThemeId Id, string Name, int RaisedIn, bool MustBeAnswered, ThemeAnswer? Answer, string Tag)
{
    internal static ThemeToAnswer Of(Theme theme, Loop loop, ThemeTally tally)
    {
        var answer = loop.Draft?.Themes.FirstOrDefault(a => a.ThemeId == theme.Id);
        return new ThemeToAnswer(theme.Id, theme.Name, tally.RaisedIn.GetValueOrDefault(theme.Id), loop.MustAnswer(theme.Id, tally), answer, ThemeAnswer.TagOf(answer));
    }
}

/// <param name="Progress">Public notes, oldest first.</param>
public sealed record CommitmentView(
    CommitmentId Id, string Text, DateOnly DueOn, string Owner, CommitmentStatus Status, bool IsOverdue, bool IsPublished, IReadOnlyList<ProgressNote> Progress)
{
    internal static CommitmentView Of(Commitment commitment, DateOnly today) => new(
        commitment.Id,
        commitment.Text,
        commitment.DueOn,
        commitment.Owner,
        commitment.Status,
        commitment.IsOverdue(today),
        commitment.PublishedIn is not null,
        [.. commitment.Progress.OrderBy(p => p.Number).Select(p => new ProgressNote(p.At, p.Status, p.Note))]);
}

public sealed record ProgressNote(DateTimeOffset At, CommitmentStatus Status, string Note);

/// <param name="Reason">What it corrected and why; null for the first.</param>
public sealed record VersionRow(int Version, DateTimeOffset PublishedAt, string? Reason);

internal sealed class ShowOutcomeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ShowOutcome, OutcomeView>
{
    public async Task<OutcomeView> Handle(ShowOutcome request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        var tally = await db.TallyThemes(request.ConsultationId, cancellationToken);
        var cleared = await db.ClearedQuotations(request.ConsultationId, cancellationToken);
        var versions = await db.OutcomeVersions.Where(v => v.ConsultationId == request.ConsultationId)
            .OrderBy(v => v.Number).Select(v => new VersionRow(v.Number, v.PublishedAt, v.Reason)).ToListAsync(cancellationToken);
        var today = UkTime.DateOf(clock.GetUtcNow());
        return new OutcomeView(
            loop.ConsultationId,
            loop.Slug,
            loop.Title,
            loop.Version,
            loop.StateOn(today),
            loop.OutcomeDueOn,
            loop.DueDateReason,
            loop.DaysLate(today),
            tally.Responses,
            loop.CodingCompletedAt,
            loop.Decision,
            loop.Draft?.Introduction,
            [.. loop.Themes.Where(t => t.MergedInto is null).OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).Select(t => ThemeToAnswer.Of(t, loop, tally))],
            loop.Draft?.WhatHappensNext,
            [.. loop.Commitments.OrderBy(c => c.Position).Select(c => CommitmentView.Of(c, today))],
            loop.Authors,
            versions,
            loop.WhatStandsInTheWay(tally, cleared));
    }
}
