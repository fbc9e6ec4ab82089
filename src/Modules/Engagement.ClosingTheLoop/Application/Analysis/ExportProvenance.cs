using System.Globalization;
using System.Reflection;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Finds where an export comes from.</summary>
internal sealed class ExportProvenance(IClosingTheLoopDb db, ICurrentActor current, IActorDirectory directory, TimeProvider clock)
{
    public async Task<ExportOrigin> FindAsync(ConsultationFacts consultation, CancellationToken cancellationToken)
    {
        var seal = await db.Loops.AsNoTracking().Where(l => l.ConsultationId == consultation.Id).Select(l => new Seal(l.SealedResponses, l.SealedDigest)).SingleOrDefaultAsync(cancellationToken);
        var actor = current.Actor.ToString();
        var names = await directory.NamesOfAsync([actor], cancellationToken);
        return new ExportOrigin(consultation, seal, clock.GetUtcNow(), names.GetValueOrDefault(actor, actor));
    }
}

/// <param name="Digest">Of the sealed set, from which anybody who has the challenge bundle can work it out again.</param>
internal sealed record Seal(int Responses, string Digest);

/// <summary>Where an export comes from, what it holds and what it leaves out.</summary>
/// <param name="Seal">Null while the consultation is open.</param>
internal sealed record ExportOrigin(ConsultationFacts Consultation, Seal? Seal, DateTimeOffset MadeAt, string MadeBy)
{
    private static readonly string Version = typeof(ExportOrigin).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>As CSV, a row for each thing that is said.</summary>
    /// <param name="responses">Rows of the table.</param>
    public async Task WriteAsync(Stream stream, int responses, SummedFile table, CancellationToken cancellationToken)
    {
        await using var csv = CsvTable.Begin(stream);
        await csv.WriteRowAsync(["what", "value"], cancellationToken);
        foreach (var (what, value) in Say(responses, table))
        {
            await csv.WriteRowAsync([what, value], cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private IEnumerable<(string What, string Value)> Say(int responses, SummedFile table)
    {
        yield return ("consultation", Consultation.Title);
        yield return ("consultation_id", Consultation.Id.ToString());
        yield return ("opens_at", Instant(Consultation.OpensAt));
        yield return ("closes_at", Instant(Consultation.ClosesAt));
        yield return ("questionnaire_version", Consultation.QuestionnaireVersion is { } version ? Number(version) : "");
        yield return ("made_at", Instant(MadeAt));
        yield return ("made_by", MadeBy);
        yield return ("program", $"Engagement {Version}");
        yield return ("file", table.Path);
        yield return ("file_sha256", table.Sha256);
        yield return ("responses", Number(responses));
        yield return ("filter", "none");
        yield return ("holds", "Every response that counts at that time: in time, entered after the seal, or late and admitted. Those that were withdrawn, or are late and not admitted, are left out.");
        yield return ("leaves_out", "Contact details; answers to the equality questions.");
        yield return ("small_numbers", "Nothing is suppressed: each row is one response, in people’s own words. Not for publication.");
        yield return ("quoting", "Only where consent_to_publish is 1 did its sender agree to be quoted.");
        yield return ("cells", "A cell that begins with an apostrophe had one put in front, so that no spreadsheet takes it for a formula: take the first one off to have the text as it was typed. An empty cell is no answer.");
        yield return ("times", "UTC; received_on is a day in the United Kingdom.");
        yield return Seal is null
            ? ("seal", "None: the consultation has not closed, and responses may still come, change or be withdrawn.")
            : ("seal", $"{Number(Seal.Responses)} responses were sealed at the close under the SHA-256 {Seal.Digest}.");
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
