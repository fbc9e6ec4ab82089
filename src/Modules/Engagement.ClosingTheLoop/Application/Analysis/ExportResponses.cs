using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
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
    private readonly ConsultationId consultation;
    private readonly IReadOnlyList<QuestionFacts> questions;

    internal ResponsesExport(IClosingTheLoopDb db, ConsultationFacts consultation, IReadOnlyList<QuestionFacts> questions)
    {
        this.db = db;
        this.consultation = consultation.Id;
        this.questions = questions;
        FileName = $"{consultation.Slug}-responses.csv";
    }

    public string FileName { get; }

    /// <param name="report">Told now and then how many responses are written, and of how many; null tells nobody.</param>
    /// <returns>How many responses were written.</returns>
    public Task<int> WriteToAsync(Stream stream, Func<int, int, ValueTask>? report, CancellationToken cancellationToken) => db.InTransaction(
        async () =>
        {
            await db.AllowLongStatements(cancellationToken);
            var total = report is null ? 0 : await db.Read<int>(
                $"""select count(*)::int as "Value" from participation.v1_responses where consultation_id = {consultation.Value}""").SingleAsync(cancellationToken);
            await using var table = new ResponseTable(stream, questions);
            await foreach (var row in Read().WithCancellation(cancellationToken))
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

    /// <summary>A row for each answer, a response's rows together; one without answers for a response that has none.</summary>
    private IAsyncEnumerable<ExportedAnswer> Read()
    {
        var id = consultation.Value;
        return db.Read<ExportedAnswer>(
            $"""
            select r.response_id as "ResponseId", r.reference as "Reference", r.channel as "Channel", r.submitted_at as "SubmittedAt", r.received_on as "ReceivedOn",
                   r.late as "Late", r.consent_to_publish as "ConsentToPublish", r.questionnaire_version as "QuestionnaireVersion", r.asked as "Asked",
                   a.question_code as "QuestionCode", a.option_code as "OptionCode", a.number as "Number", a.date as "Date", a.text as "Text",
                   c.response_id is not null as "IsCoded",
                   case when c.response_id is not null then (
                       select array_agg(distinct m.name)
                         from closing_the_loop.coded_theme ct
                         join closing_the_loop.theme t on t.id = ct.theme_id
                         join closing_the_loop.theme m on m.id = coalesce(t.merged_into, t.id)
                        where ct.consultation_id = c.consultation_id and ct.response_id = c.response_id and ct.question_code = c.question_code) end as "Themes"
              from participation.v1_responses r
              left join participation.v1_answers a
                on a.consultation_id = r.consultation_id and a.response_id = r.response_id
              left join closing_the_loop.coded_answer c
                on a.text is not null and c.consultation_id = a.consultation_id and c.response_id = a.response_id and c.question_code = a.question_code
             where r.consultation_id = {id}
             order by r.submitted_at, r.response_id
            """).AsAsyncEnumerable();
    }
}

/// <summary>One answer of one response, or the response alone where it has none.</summary>
/// <param name="Themes">Null where the text is not coded, or marked "none".</param>
internal sealed record ExportedAnswer(
    Guid ResponseId,
    string Reference,
    string Channel,
    DateTimeOffset SubmittedAt,
    DateOnly ReceivedOn,
    bool Late,
    bool ConsentToPublish,
    int QuestionnaireVersion,
    string[] Asked,
    string? QuestionCode,
    string? OptionCode,
    decimal? Number,
    DateOnly? Date,
    string? Text,
    bool IsCoded,
    string[]? Themes);

internal sealed class ExportResponsesHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ExportResponses, ResponsesExport>
{
    public async Task<ResponsesExport> Handle(ExportResponses request, CancellationToken cancellationToken)
    {
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return new ResponsesExport(db, consultation, questions);
    }
}
