using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using Engagement.Platform.Web;

namespace Engagement.Host.Demo;

/// <summary>From the first response to the outcome.</summary>
internal sealed partial class DemoStory
{
    /// <summary>Between one coded response and the next.</summary>
    private static readonly TimeSpan CodingPause = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, ThemeId> themes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> references = [];
    private readonly Dictionary<string, ResponseId> ids = new(StringComparer.Ordinal);
    private readonly List<(string Theme, QuotationId Id)> quotations = [];

    private async Task Respond(DemoResponse response, int number, CancellationToken cancellationToken)
    {
        if (response.Channel == ResponseChannel.Web)
        {
            var receipt = await office.AsAnyone(
                new SubmitResponse(
                    consultation.Slug, $"demonstration-{folder}-{number:0000}", response.Sent, response.Answers, response.ConsentToPublish,
                    response.OnBehalfOf, response.Language, response.Email),
                cancellationToken);
            references.Add(number, receipt.Reference);
            return;
        }

        var logged = await office.AsAuthor(
            new LogResponse(
                consultation.Id, response.Channel, UkTime.DateOf(response.Sent), ReceivedAt: null, response.Answers, response.ConsentToPublish,
                response.OnBehalfOf, response.Language, response.Email),
            cancellationToken);
        references.Add(number, logged.Reference);
    }

    private void Analyse()
    {
        if (situation.Analysis is not { } analysis)
        {
            return;
        }

        for (var i = 0; i < analysis.Themes.Count; i++)
        {
            var (theme, position) = (analysis.Themes[i], i + 1);
            timeline.Add(theme.CreatedAt, $"add the theme {theme.Key}", async token => themes.Add(
                theme.Key, (await office.AsAuthor(new AddTheme(consultation.Id, theme.Name, theme.Description, ParentId: null, position), token)).Id));
        }

        var coded = situation.Responses.Select((response, i) => (Response: response, Number: i + 1)).Where(r => r.Response.Themes is not null).ToList();
        for (var i = 0; i < coded.Count; i++)
        {
            var (response, number) = coded[i];
            timeline.Add(analysis.CodingBegins + (i * CodingPause), $"code response {number}", async token => await office.AsAuthor(
                new CodeResponse(consultation.Id, await IdOf(number, token), response.Themes!.ToDictionary(
                    t => t.Key, t => (IReadOnlyList<ThemeId>)[.. t.Value.Select(key => themes[key])], StringComparer.Ordinal), ExpectedVersion: 0),
                token));
        }

        if (analysis is { CodingCompleted: { } completed, QuotationsProposed: { } proposed, QuotationsCleared: { } cleared })
        {
            timeline.Add(completed, "declare the coding complete", async token =>
            {
                await office.AsAuthor(new CompleteCoding(consultation.Id), token);
                await office.DeliverEvents(token);
            });
            foreach (var (response, number) in coded.Where(r => r.Response.Quotation is not null))
            {
                Quote(response.Quotation!, number, proposed, cleared);
            }
        }

        if (situation.Outcome is { } outcome)
        {
            Decide(outcome);
        }
    }

    private void Quote(DemoQuotation quotation, int number, DateTimeOffset proposed, DateTimeOffset cleared)
    {
        var version = 0;
        timeline.Add(proposed, $"propose a quotation from response {number}", async token =>
        {
            var result = await office.AsAuthor(
                new ProposeQuotation(consultation.Id, await IdOf(number, token), quotation.Question, quotation.Text, ExpectedVersion: 0), token);
            version = result.Version;
            quotations.Add((quotation.Theme, result.Id));
        });
        timeline.Add(cleared, $"clear the quotation from response {number}", async token =>
            await office.AsApprover(new ClearQuotation(consultation.Id, await IdOf(number, token), quotation.Question, version), token));
    }

    private void Decide(DemoOutcome outcome)
    {
        timeline.Add(outcome.DecisionRecorded, "record the decision", async token =>
        {
            await office.AsAuthor(new JudgePractices(consultation.Id, AssuranceStage.Decision, outcome.Judgements), token);
            await office.AsAuthor(new RecordDecision(consultation.Id, outcome.Decision, ConfirmsConsideration: true, CorrectionReason: null), token);
            await office.DeliverEvents(token);
        });
        timeline.Add(outcome.Drafted, "write the outcome", async token => await office.AsAuthor(
            new WriteOutcome(
                consultation.Id,
                outcome.Introduction,
                [.. outcome.Themes.Select(t => new ThemeAnswer(
                    themes[t.Theme], t.Asked, t.Said, t.Disposition, t.Did, t.Reason, [.. quotations.Where(q => q.Theme == t.Theme).Select(q => q.Id)]))],
                outcome.WhatHappensNext,
                [.. outcome.Commitments.Select(c => new CommitmentText(c.Text, c.DueOn, c.Owner))],
                await LoopVersion(token)),
            token));
        timeline.Add(outcome.Published, "publish the outcome", async token =>
        {
            await office.AsApprover(new PublishOutcome(consultation.Id, Reason: null, await LoopVersion(token)), token);

            // Everybody who left an address is told.
            await office.Work(token);
        });
        foreach (var (commitment, progress) in outcome.Commitments.SelectMany(c => c.Progress.Select(p => (c, p))))
        {
            timeline.Add(progress.At, "report on a commitment", async token =>
            {
                var written = await office.AsAuthor(new ShowOutcome(consultation.Id), token);
                await office.AsAuthor(
                    new UpdateCommitment(consultation.Id, written.Commitments.Single(c => c.Text == commitment.Text).Id, progress.Status, progress.Note, written.Version), token);
            });
        }
    }

    private async Task<int> LoopVersion(CancellationToken cancellationToken) =>
        (await office.AsAuthor(new ShowOutcome(consultation.Id), cancellationToken)).Version;

    /// <summary>A participant learns the reference of a response and an officer its id: the list of responses has both.</summary>
    private async Task<ResponseId> IdOf(int number, CancellationToken cancellationToken)
    {
        string? cursor = null;
        while (ids.Count < references.Count)
        {
            var page = await office.AsAuthor(new ListResponses(consultation.Id, cursor, Cursor.MaximumLimit), cancellationToken);
            foreach (var response in page.Items)
            {
                ids.Add(response.Reference, response.Id);
            }

            if (page.Next is null && ids.Count < references.Count)
            {
                throw new InvalidOperationException($"Of {references.Count} responses sent only {ids.Count} are listed.");
            }

            cursor = page.Next;
        }

        return ids[references[number]];
    }
}
