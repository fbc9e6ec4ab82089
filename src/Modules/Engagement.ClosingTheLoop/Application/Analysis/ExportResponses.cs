using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Platform;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>
/// Every response of a consultation with its themes, as CSV: whoever may read responses may take them along. Contacts and
/// equality answers are not in it.
/// </summary>
[RequiresScope("participation:read")]
public sealed record ExportResponses(ConsultationId ConsultationId) : IQuery<ResponsesExport>;

/// <summary>An export that is read from the database while it is written, so that its size does not matter.</summary>
public sealed class ResponsesExport
{
    private const int ReportEvery = 500;

    private readonly IClosingTheLoopDb db;
    private readonly ConsultationFacts facts;
    private readonly IReadOnlyList<QuestionFacts> questions;
    private readonly ExportProvenance provenance;

    internal ResponsesExport(IClosingTheLoopDb db, ConsultationFacts facts, IReadOnlyList<QuestionFacts> questions, ExportProvenance provenance)
    {
        this.db = db;
        this.facts = facts;
        this.questions = questions;
        this.provenance = provenance;
    }

    /// <summary>Without an ending.</summary>
    public string FileName => $"{facts.Slug}-responses";

    /// <summary>A zip of the table, of what was asked, and of where the table comes from: whoever is given it later can tell what they hold.</summary>
    /// <param name="report">Told now and then how many responses are written, and of how many; null tells nobody.</param>
    /// <returns>How many responses were written.</returns>
    public async Task<int> WriteArchiveToAsync(Stream stream, Func<int, int, ValueTask>? report, CancellationToken cancellationToken)
    {
        var origin = await provenance.FindAsync(facts, cancellationToken);
        var responses = 0;
        await using var zip = await SummedZip.BeginAsync(stream, origin.MadeAt, cancellationToken);
        var table = await zip.AddAsync("responses.csv", async file => responses = await WriteToAsync(file, report, cancellationToken), cancellationToken);
        await zip.AddAsync("questions.csv", file => QuestionTable.WriteAsync(file, questions, cancellationToken), cancellationToken);
        await zip.AddAsync("provenance.csv", file => origin.WriteAsync(file, responses, table, cancellationToken), cancellationToken);
        await zip.CompleteAsync(cancellationToken);
        return responses;
    }

    /// <summary>The table alone.</summary>
    /// <param name="report">Told now and then how many responses are written, and of how many; null tells nobody.</param>
    /// <returns>How many responses were written.</returns>
    public Task<int> WriteToAsync(Stream stream, Func<int, int, ValueTask>? report, CancellationToken cancellationToken) => db.InTransaction(
        async () =>
        {
            await db.StreamWholeSets(cancellationToken);
            var total = report is null ? 0 : await db.Read<int>(
                $"""select count(*)::int as "Value" from participation.v1_responses where consultation_id = {facts.Id.Value}""").SingleAsync(cancellationToken);
            await using var table = new ResponseTable(stream, questions);
            var isCoded = await db.Read<bool>(
                $"""select exists (select from closing_the_loop.coded_answer where consultation_id = {facts.Id.Value}) as "Value" """).SingleAsync(cancellationToken);
            await foreach (var row in Read(isCoded).WithCancellation(cancellationToken))
            {
                await table.AddAsync(row, cancellationToken);
                if (report is not null && table.Responses % ReportEvery == 0)
                {
                    await report(table.Responses, Math.Max(total, table.Responses));
                }
            }

            await table.CompleteAsync(cancellationToken);
            return table.Responses;
        },
        cancellationToken);

    /// <summary>A row for each response, its answers as they are stored: in the order of their ids, which is that of their coming and needs no sorting.</summary>
    /// <param name="isCoded">False: nobody has coded anything yet, so no response is asked for its themes.</param>
    private IAsyncEnumerable<ExportedResponse> Read(bool isCoded)
    {
        var id = facts.Id.Value;
        var codes = questions.Select(q => q.Code).ToArray();
        return db.Read<ExportedResponse>(
            $"""
            select r.reference as "Reference", r.channel as "Channel", r.submitted_at as "SubmittedAt", r.received_on as "ReceivedOn",
                   r.late as "Late", r.consent_to_publish as "ConsentToPublish", r.questionnaire_version as "QuestionnaireVersion",
                   case when r.asked <> {codes} then r.asked end as "Asked",
                   r.answers::text as "Answers",
                   case when {isCoded} then (
                       select jsonb_object_agg(c.question_code, array(
                                  select distinct m.name
                                    from closing_the_loop.coded_theme ct
                                    join closing_the_loop.theme t on t.id = ct.theme_id
                                    join closing_the_loop.theme m on m.id = coalesce(t.merged_into, t.id)
                                   where ct.consultation_id = c.consultation_id and ct.response_id = c.response_id and ct.question_code = c.question_code))
                         from closing_the_loop.coded_answer c
                        where c.consultation_id = r.consultation_id and c.response_id = r.response_id)::text end as "Themes"
              from participation.v2_responses r
             where r.consultation_id = {id}
             order by r.response_id
            """).AsAsyncEnumerable();
    }
}

/// <param name="Asked">Codes of the questions that the routing put; null where it put all.</param>
/// <param name="Answers">By question, as they are stored (JSON).</param>
/// <param name="Themes">By question that is coded (JSON): an array of names, empty where it is marked "none"; null where nothing is coded.</param>
internal sealed record ExportedResponse(
    string Reference,
    string Channel,
    DateTimeOffset SubmittedAt,
    DateOnly ReceivedOn,
    bool Late,
    bool ConsentToPublish,
    int QuestionnaireVersion,
    string[]? Asked,
    string Answers,
    string? Themes = null);

internal sealed class ExportResponsesHandler(IClosingTheLoopDb db, IMediator mediator, ExportProvenance provenance) : IRequestHandler<ExportResponses, ResponsesExport>
{
    public async Task<ResponsesExport> Handle(ExportResponses request, CancellationToken cancellationToken)
    {
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return new ResponsesExport(db, consultation, questions, provenance);
    }
}
