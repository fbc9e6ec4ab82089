using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>Writing the outcome piece by piece, so that several officers write on it at once: each piece goes through <see cref="DraftOutcome"/>.</summary>
internal sealed partial class Loop
{
    public const int MostCommitments = 100;

    private OutcomeDraft Written => Draft ?? new OutcomeDraft("", [], null);

    public void IntroduceOutcome(string introduction, string? whatHappensNext, Actor author, DateTimeOffset now) =>
        DraftOutcome(Written with { Introduction = introduction, WhatHappensNext = whatHappensNext }, Promises(), author, now);

    /// <summary>Answers one theme, or takes its answer out where nothing is left of it. A new answer stands where its theme stands in the coding frame.</summary>
    public void AnswerTheme(ThemeAnswer answer, Actor author, DateTimeOffset now)
    {
        var answers = Written.Themes.ToList();
        var at = answers.FindIndex(a => a.ThemeId == answer.ThemeId);
        if (at >= 0)
        {
            answers.RemoveAt(at);
        }
        else
        {
            var frame = themes.OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).Select(t => t.Id).ToList();
            at = answers.FindIndex(a => frame.IndexOf(a.ThemeId) > frame.IndexOf(answer.ThemeId));
        }

        if (!answer.IsBlank)
        {
            answers.Insert(at < 0 ? answers.Count : at, answer);
        }

        DraftOutcome(Written with { Themes = answers }, Promises(), author, now);
    }

    /// <summary>Promises something new, or says a promise in other words.</summary>
    /// <exception cref="RuleBrokenException"><c>too-many-commitments</c>, or as <see cref="DraftOutcome"/>.</exception>
    public CommitmentId Promise(CommitmentText promise, Actor author, DateTimeOffset now)
    {
        var promises = Promises();
        var at = promises.FindIndex(p => p.Id is not null && p.Id == promise.Id);
        if (at < 0)
        {
            if (promises.Count >= MostCommitments)
            {
                throw new RuleBrokenException("too-many-commitments", $"An outcome makes at most {MostCommitments} commitments. Put some together before you add another.");
            }

            promises.Add(promise);
            at = promises.Count - 1;
        }
        else
        {
            promises[at] = promise;
        }

        DraftOutcome(Written, promises, author, now);
        return commitments.Single(c => c.Position == at).Id;
    }

    /// <exception cref="RuleBrokenException"><c>published-commitment-dropped</c>: what was promised in public is kept or openly given up.</exception>
    /// <exception cref="NotFoundException">There is no such commitment.</exception>
    public void DropPromise(CommitmentId id, Actor author, DateTimeOffset now)
    {
        var promises = Promises();
        if (promises.RemoveAll(p => p.Id == id) == 0)
        {
            throw new NotFoundException("commitment");
        }

        DraftOutcome(Written, promises, author, now);
    }

    private List<CommitmentText> Promises() => [.. commitments.OrderBy(c => c.Position).Select(c => new CommitmentText(c.Text, c.DueOn, c.Owner, c.Id))];
}
