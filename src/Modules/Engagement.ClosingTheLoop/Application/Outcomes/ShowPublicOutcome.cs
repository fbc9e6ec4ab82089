using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>What became of a closed consultation, for everybody: the outcome, or when one is due and whether it is late.</summary>
/// <param name="OutcomeVersion">An earlier version; null for the one that stands.</param>
[AllowsAnyone]
public sealed record ShowPublicOutcome(string Slug, int? OutcomeVersion = null) : IQuery<PublicOutcome>;

/// <param name="DueOn">The last UK day on which the outcome is in time.</param>
/// <param name="FirstDueOn">As promised at the close; differs from <paramref name="DueOn"/> where the date was moved.</param>
/// <param name="DaysLate">0 while it is in time, and once the loop is closed.</param>
/// <param name="Outcome">Null while none is published.</param>
/// <param name="Versions">Every version, oldest first.</param>
public sealed record PublicOutcome(
    string Slug,
    string Title,
    LoopState State,
    DateOnly DueOn,
    DateOnly FirstDueOn,
    string? DueDateReason,
    int DaysLate,
    PublicOutcomeVersion? Outcome,
    IReadOnlyList<VersionRow> Versions)
{
    /// <param name="state">Null for the one that the loop has today.</param>
    internal static PublicOutcome Of(Loop loop, DateOnly today, LoopState? state, PublicOutcomeVersion? version, IReadOnlyList<VersionRow> versions) => new(
        loop.Slug, loop.Title, state ?? loop.StateOn(today), loop.OutcomeDueOn, loop.FirstDueOn, loop.DueDateReason,
        state == LoopState.Closed ? 0 : loop.DaysLate(today), version, versions);
}

/// <param name="Reason">What this version corrects and why; null for the first.</param>
/// <param name="Responses">Responses in the set when it was published: the base of every count.</param>
/// <param name="Method">How the counts came about: to be shown with them.</param>
public sealed record PublicOutcomeVersion(
    int Version,
    DateTimeOffset PublishedAt,
    string? Reason,
    Decision Decision,
    string Introduction,
    int Responses,
    string Method,
    IReadOnlyList<PublicTheme> Themes,
    string? WhatHappensNext,
    IReadOnlyList<CommitmentView> Commitments);

/// <param name="RaisedIn">Responses that raise the theme.</param>
/// <param name="Quotations">Cleared words of people who agreed to be quoted.</param>
public sealed record PublicTheme(
    ThemeId Id, string Name, int RaisedIn, string Asked, string Said, Disposition Disposition, string Did, string? Reason, IReadOnlyList<string> Quotations);

internal sealed class ShowPublicOutcomeHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ShowPublicOutcome, PublicOutcome>
{
    public async Task<PublicOutcome> Handle(ShowPublicOutcome request, CancellationToken cancellationToken)
    {
        var loop = await db.Loops.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(l => l.Slug == request.Slug, cancellationToken) ?? throw new NotFoundException("outcome");
        var versions = await db.OutcomeVersions.AsNoTracking().Where(v => v.ConsultationId == loop.ConsultationId)
            .OrderBy(v => v.Number).Select(v => new VersionRow(v.Number, v.PublishedAt, v.Reason)).ToListAsync(cancellationToken);
        if (request.OutcomeVersion is { } asked && !versions.Exists(v => v.Version == asked))
        {
            throw new NotFoundException("outcome");
        }

        var today = UkTime.DateOf(clock.GetUtcNow());
        return PublicOutcome.Of(
            loop, today, state: null, versions.Count == 0 ? null : await Show(loop, request.OutcomeVersion ?? loop.PublishedVersion, today, cancellationToken), versions);
    }

    private async Task<PublicOutcomeVersion> Show(Loop loop, int number, DateOnly today, CancellationToken cancellationToken)
    {
        var version = await db.OutcomeVersions.AsNoTracking().SingleAsync(v => v.ConsultationId == loop.ConsultationId && v.Number == number, cancellationToken);
        return await db.ShowVersion(loop, version, today, cancellationToken);
    }
}

internal static class ShownVersions
{
    /// <summary>A version as the public sees it: the words of the version, the quotations that are still cleared, the progress of today.</summary>
    public static async Task<PublicOutcomeVersion> ShowVersion(
        this IClosingTheLoopDb db, Loop loop, OutcomeVersion version, DateOnly today, CancellationToken cancellationToken)
    {
        var content = version.Content;
        var words = await db.WordsOf(loop.ConsultationId, content.Themes.SelectMany(t => t.Quotations), cancellationToken);
        var commitments = loop.Commitments.ToDictionary(c => c.Id, c => CommitmentView.Of(c, today));
        return new PublicOutcomeVersion(
            version.Number,
            version.PublishedAt,
            version.Reason,
            content.Decision,
            content.Introduction,
            content.Responses,
            $"Counts are of the {content.Responses} responses that had been admitted on {UkTime.Spell(UkTime.DateOf(version.PublishedAt))}; one response can raise several themes. "
                + "Those who answered chose to: they are not a sample of the population.",
            [.. content.Themes.Select(t => new PublicTheme(
                t.Id, t.Name, t.RaisedIn, t.Asked, t.Said, t.Disposition, t.Did, t.Reason, [.. t.Quotations.Where(words.ContainsKey).Select(q => words[q])]))],
            content.WhatHappensNext,

            // The words of the version, the progress of today.
            [.. content.Commitments.Select(c => commitments[c.Id] with { Text = c.Text, DueOn = c.DueOn, Owner = c.Owner })]);
    }
}
