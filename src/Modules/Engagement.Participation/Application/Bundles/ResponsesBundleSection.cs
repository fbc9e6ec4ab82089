using System.Text;
using System.Text.Json.Nodes;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Audit;
using Engagement.Platform.Bundles;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Bundles;

/// <summary>
/// Everything that was received and not taken back. In full with people's own words, and with what the seal was worked out from; redacted with
/// what they chose from options alone. Read row by row, so that their number does not matter.
/// </summary>
internal sealed class ResponsesBundleSection(IParticipationDb db) : IBundleSection
{
    private const int ReportEvery = 2000;

    public string Folder => "07-responses";

    public string Title => "Responses";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        var form = await db.Forms.AsNoTracking().SingleOrDefaultAsync(f => f.ConsultationId == id, cancellationToken);
        if (form?.QuestionnaireVersion is not { } version)
        {
            bundle.Page.Paragraph("No responses could be given: no questionnaire has been approved.");
            return;
        }

        var content = (await db.QuestionnaireVersions.AsNoTracking().SingleAsync(v => v.ConsultationId == id && v.Number == version, cancellationToken)).Content();
        await Describe(bundle.Page, id, form, bundle.InFull, cancellationToken);
        await bundle.AddAsync("responses.csv", bundle.InFull ? "Responses in full" : "Responses, redacted", stream => WriteTable(stream, id, content, bundle, cancellationToken), cancellationToken: cancellationToken);
        var files = new List<BundleText> { BundleText.Link("responses.csv", "The responses as CSV, a row a response") };
        if (bundle.InFull && form.IsSealed)
        {
            await bundle.AddSealedAnswersAsync("sealed-answers.txt", "The sealed answers, from which the seal can be worked out", stream => WriteSealed(stream, id, bundle, cancellationToken), cancellationToken);
            files.Add(BundleText.Link("sealed-answers.txt", "The sealed answers, a line a response"));
        }

        bundle.Page.List(files);
    }

    private async Task WriteTable(Stream stream, ConsultationId id, QuestionnaireContent content, BundleSection bundle, CancellationToken cancellationToken)
    {
        await using var table = new BundledResponses(stream, [.. content.Questions], bundle.InFull);
        await table.BeginAsync(cancellationToken);
        var responses = db.Responses.AsNoTracking().Where(r => r.ConsultationId == id && r.WithdrawnAt == null).OrderBy(r => r.Id).Select(r => new BundledResponse(
            r.Reference, r.Channel, r.Language, r.OnBehalfOf, r.ConsentToPublish, r.SubmittedAt, r.ReceivedOn, r.IsLate, r.EnteredAfterSeal,
            r.Ruling, r.RuledAt, r.RulingReason, r.Version, r.QuestionnaireVersion, r.Answers, r.Asked)).AsAsyncEnumerable();
        await foreach (var response in responses.WithCancellation(cancellationToken))
        {
            await table.AddAsync(response, cancellationToken);
            if (table.Rows % ReportEvery == 0)
            {
                await bundle.ReportAsync($"{table.Rows:N0} written");
            }
        }

        await table.FlushAsync(cancellationToken);
    }

    private async Task WriteSealed(Stream stream, ConsultationId id, BundleSection bundle, CancellationToken cancellationToken)
    {
        var responses = db.Responses.AsNoTracking()
            .Where(r => r.ConsultationId == id && r.WithdrawnAt == null && !r.IsLate && !r.EnteredAfterSeal)
            .OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.Version, r.AnswersDigest, r.Answers })
            .AsAsyncEnumerable();
        var lines = 0;
        await foreach (var response in responses.WithCancellation(cancellationToken))
        {
            var line = $"{response.Id} {response.Version} {Convert.ToHexStringLower(response.AnswersDigest)} {CanonicalJson.Of(JsonNode.Parse(response.Answers))}\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
            if (++lines % ReportEvery == 0)
            {
                await bundle.ReportAsync($"{lines:N0} sealed ones written");
            }
        }
    }

    private async Task Describe(BundlePage page, ConsultationId id, ResponseForm form, bool inFull, CancellationToken cancellationToken)
    {
        page.Paragraph(inFull
            ? "Everything that was received and not taken back, with people’s own words. Words that a spreadsheet would take for a formula have an apostrophe in front. Contacts and equality answers are not in it, and cannot be linked to a response."
            : "Everything that was received and not taken back, redacted: what people chose from options is there; [redacted] stands for each answer in their own words, each number and each date that they gave. On whose behalf they wrote is left out. A row is still one person’s: do not try to find out whose.");
        page.Facts(
            ("The set was sealed at", form.SealedAt is { } at ? UkTime.SpellInstantToTheSecond(at) : "Not sealed yet"),
            ("Responses in the sealed set", form.SealedCount is { } sealedCount ? (BundleText)sealedCount : default),
            ("Seal (SHA-256)", form.SealedDigest));
        page.Paragraph("The seal is SHA-256 over the responses that were neither withdrawn nor late when the set was sealed, in the order of their ids, of each: its id (16 bytes), its version (4 bytes, big-endian), and SHA-256 of the canonical JSON of its answers (32 bytes). The verifier works it out again from a bundle in full.");
        var counts = await db.Responses.Where(r => r.ConsultationId == id)
            .GroupBy(r => new { r.Channel, r.IsLate, r.EnteredAfterSeal, r.Ruling, Withdrawn = r.WithdrawnAt != null })
            .Select(g => new { g.Key, Count = g.Count() })
            .ToListAsync(cancellationToken);
        page.Table(
            "Responses by channel and standing",
            ["Channel", "Standing", "Responses"],
            counts.Select(c => (Channel: c.Key.Channel.ToString(), Standing: c.Key.Withdrawn ? "Taken back by the participant, not in this bundle" : BundledResponse.StandingOf(c.Key.IsLate, c.Key.EnteredAfterSeal, c.Key.Ruling), c.Count))
                .GroupBy(c => (c.Channel, c.Standing))
                .OrderBy(g => g.Key.Channel, StringComparer.Ordinal).ThenBy(g => g.Key.Standing, StringComparer.Ordinal)
                .Select(IReadOnlyList<BundleText> (g) => [g.Key.Channel, g.Key.Standing, g.Sum(c => c.Count)]));
    }
}
