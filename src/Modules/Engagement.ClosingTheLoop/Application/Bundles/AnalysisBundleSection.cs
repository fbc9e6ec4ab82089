using System.Globalization;
using CsvHelper;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform;
using Engagement.Platform.Bundles;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Bundles;

/// <summary>How the figures came about, so that somebody else can work them out again: coding frame, codes, thresholds, method; and the figures.</summary>
internal sealed class AnalysisBundleSection(IClosingTheLoopDb db, IMediator mediator) : IBundleSection
{
    public string Folder => "09-analysis";

    public string Title => "Analysis and report";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        var page = bundle.Page;
        var results = await mediator.Send(new ShowResults(id), cancellationToken);
        var loop = await db.Loops.AsNoTracking().AsSplitQuery().SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken);
        page.Heading("How the figures came about");
        page.Paragraph(results.Method);
        page.List(
        [
            "Counted are the responses that came in time, those that came in time and were entered after the set was sealed, and late ones that an officer ruled in: responses.csv says which. What a participant took back is not counted.",
            "A choice is counted once for each response. No answer is a question that was put and left out; not asked is one that the routing did not put. Base, no answer and not asked add up to all responses.",
            "A free text is read by an officer, who gives it themes of the coding frame or marks it “none”. coding.csv holds each such code; a theme is counted once for each response, a merged theme where it now belongs.",
            "Coding is complete when each free text has a theme or “none”; an officer declares it, and that is in the history.",
        ]);
        if (loop is null)
        {
            page.Notice("The consultation has not closed, so nothing has been coded and these figures are not final.");
        }
        else
        {
            await WriteCoding(bundle, loop, cancellationToken);
        }

        await bundle.AddJsonAsync("results.json", "The figures", results, cancellationToken);
        Show(page, results);
    }

    private async Task WriteCoding(BundleSection bundle, Loop loop, CancellationToken cancellationToken)
    {
        var page = bundle.Page;
        page.Facts(
            ("Coding declared complete at", loop.CodingCompletedAt is { } completed ? UkTime.SpellInstant(completed) : "Not complete"),
            ("Threshold set before the opening", loop.Threshold.Responses is null && loop.Threshold.Share is null
                ? "Every theme must be answered"
                : $"A theme must be answered that was raised in {(loop.Threshold.Responses is { } least ? $"{least} responses" : string.Create(CultureInfo.InvariantCulture, $"{loop.Threshold.Share:P1} of the responses"))} or more"));
        var frame = await mediator.Send(new ListThemes(loop.ConsultationId), cancellationToken);
        await bundle.AddJsonAsync("themes.json", "The coding frame", frame.Themes, cancellationToken);
        var names = frame.Themes.ToDictionary(t => t.Id, t => t.Name);
        page.Table(
            "The coding frame",
            ["Theme", "What belongs under it", "Stands under", "Raised in", "State"],
            frame.Themes.Select(IReadOnlyList<BundleText> (t) =>
            [
                t.Name,
                t.Description,
                t.ParentId is { } parent ? names[parent] : null,
                t.RaisedIn,
                t.MergedInto is { } into ? $"Merged into {names[into]}" : t.IsArchived ? "Archived" : "In use",
            ]));
        await bundle.AddAsync("coding.csv", "Which themes each free text was given", stream => WriteCodes(stream, bundle, loop.ConsultationId, cancellationToken), cancellationToken: cancellationToken);
        page.List([BundleText.Link("themes.json", "The coding frame as JSON"), BundleText.Link("coding.csv", "Each code as CSV, a row a theme of an answer")]);
    }

    /// <summary>A row a theme of an answer; one with <c>none</c> where no theme applies.</summary>
    private async Task WriteCodes(Stream stream, BundleSection bundle, ConsultationId id, CancellationToken cancellationToken)
    {
        await using var csv = CsvTable.Begin(stream);
        foreach (var name in (string[])["reference", "question", "theme", "theme_id", "counts_as"])
        {
            csv.WriteField(name);
        }

        await csv.EndRecordAsync(cancellationToken);
        var codes = db.Read<CodedRow>(
            $"""
            select r.reference as "Reference", c.response_id as "ResponseId", c.question_code as "QuestionCode", t.id as "ThemeId", t.name as "Theme", m.name as "CountsAs"
              from closing_the_loop.coded_answer c
              join participation.v1_responses r on r.consultation_id = c.consultation_id and r.response_id = c.response_id
              left join closing_the_loop.coded_theme ct
                on ct.consultation_id = c.consultation_id and ct.response_id = c.response_id and ct.question_code = c.question_code
              left join closing_the_loop.theme t on t.id = ct.theme_id
              left join closing_the_loop.theme m on m.id = coalesce(t.merged_into, t.id)
             where c.consultation_id = {id.Value}
             order by c.response_id, c.question_code, t.id
            """).AsAsyncEnumerable();
        await foreach (var code in codes.WithCancellation(cancellationToken))
        {
            bundle.Concerns(code.ResponseId, "The coding of a response");
            csv.WriteField(code.Reference);
            csv.WriteText(code.QuestionCode);
            csv.WriteText(code.Theme ?? "none");
            csv.WriteField(code.ThemeId?.ToString() ?? "");
            csv.WriteText(code.CountsAs ?? "");
            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static void Show(BundlePage page, ConsultationResults results)
    {
        page.Heading("The figures");
        page.Facts(
            ("Final", results.IsFinal ? "Yes: the set is sealed" : "No"),
            ("Responses", results.Responses),
            ("Late and admitted", results.LateAdmitted),
            ("File", BundleText.Link("results.json", "results.json")));
        foreach (var question in results.Questions)
        {
            page.Subheading($"{question.Code}: {question.Text}");
            page.Facts(
                ("Answered (base)", question.Base),
                ("No answer", question.NoAnswer),
                ("Not asked", question.NotAsked),
                ("Marked “none”", question.NoTheme is { } none ? none : default),
                ("Not coded yet", question.Uncoded is { } uncoded ? uncoded : default),
                ("Numbers", question.Numbers is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n.N} given; mean {n.Mean}, median {n.Median}, from {n.Minimum} to {n.Maximum}") : null),
                ("Dates", question.Dates is { } d ? $"{d.N:N0} given, from {UkTime.Spell(d.Earliest)} to {UkTime.Spell(d.Latest)}" : null));
            if (question.Options.Count > 0)
            {
                page.Table($"Answers to {question.Code}", ["Answer", "Count", "Share of the base"], question.Options.Select(IReadOnlyList<BundleText> (o) => [o.Label, o.Count, Percent(o.Share)]));
            }

            if (question.Themes.Count > 0)
            {
                page.Table($"Themes of the answers to {question.Code}", ["Theme", "Answers", "Share of the base"], question.Themes.Select(IReadOnlyList<BundleText> (t) => [t.Name, t.Count, Percent(t.Share)]));
            }
        }
    }

    private static string Percent(decimal? share) => share is { } s ? string.Create(CultureInfo.InvariantCulture, $"{s * 100:0.0}%") : "–";

    private sealed record CodedRow(string Reference, Guid ResponseId, string QuestionCode, Guid? ThemeId, string? Theme, string? CountsAs);
}
