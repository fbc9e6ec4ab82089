using System.Globalization;
using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>What one response says, question by question in words, with its themes and quotations. No equality answer is ever in it.</summary>
/// <param name="Among">The responses that are read one after the other: what comes before and after is found among them.</param>
[RequiresScope("participation:read")]
public sealed record ReadResponse(ConsultationId ConsultationId, ResponseId ResponseId, ResponseFilter Among) : IQuery<ReadableResponse>;

/// <param name="CodingVersion">Of the coding of its free texts; 0 while nobody has coded it.</param>
/// <param name="CodingCompletedAt">When the coding of the consultation was declared complete; null while it is open or cannot begin.</param>
/// <param name="MayBeCoded">The consultation has closed and the response counts.</param>
/// <param name="Newer">The next newer one; null at the newest.</param>
/// <param name="Older">The next older one; null at the oldest.</param>
public sealed record ReadableResponse(
    string Title,
    string Reference,
    bool ConsentToPublish,
    int CodingVersion,
    DateTimeOffset? CodingCompletedAt,
    bool MayBeCoded,
    IReadOnlyList<ReadableAnswer> Answers,
    ResponseId? Newer,
    ResponseId? Older);

/// <param name="Values">The answer in words, one for each option that was chosen; empty where there is none.</param>
/// <param name="Themes">Of a free text; empty is "none", null is yet to be coded.</param>
/// <param name="Quotation">Words of it that somebody proposed to quote; null where nobody has.</param>
public sealed record ReadableAnswer(
    string QuestionCode, string QuestionText, bool IsFreeText, IReadOnlyList<string> Values, IReadOnlyList<ThemeName>? Themes, QuotationOfAnswer? Quotation);

public sealed record ThemeName(ThemeId Id, string Name);

/// <param name="Text">As it would be shown; empty once withdrawn.</param>
public sealed record QuotationOfAnswer(string Text, QuotationStatus Status, int Version);

internal sealed class ReadResponseHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ReadResponse, ReadableResponse>
{
    public async Task<ReadableResponse> Handle(ReadResponse request, CancellationToken cancellationToken)
    {
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        var codes = FreeTexts.CodesOf(questions);
        var rows = await ReadRows(request, codes, cancellationToken);
        if (rows.Count == 0)
        {
            throw new NotFoundException("response");
        }

        var first = rows[0];
        using var answers = JsonDocument.Parse(first.Answers);
        var among = await db.Matching(request.ConsultationId, request.Among, codes, cancellationToken);
        var newer = await Nearest(among, $"r.response_id > {request.ResponseId.Value}", "asc", cancellationToken);
        var older = await Nearest(among, $"r.response_id < {request.ResponseId.Value}", "desc", cancellationToken);
        return new ReadableResponse(
            consultation.Title,
            ShownReference.Of(first.Reference),
            first.ConsentToPublish,
            first.CodingVersion,
            first.CodingCompletedAt,
            first.HasClosed && first.Counted,
            [.. questions.Select(q => Describe(q, answers.RootElement, rows.Find(r => r.QuestionCode == q.Code)))],
            newer,
            older);
    }

    private static ReadableAnswer Describe(QuestionFacts question, JsonElement answers, Row? text) => new(
        question.Code,
        question.Text,
        question.IsFreeText,
        answers.TryGetProperty(question.Code, out var answer) ? [.. Spell(question, answer)] : [],
        text is { IsCoded: true } ? [.. text.ThemeIds.Zip(text.ThemeNames, (id, name) => new ThemeName(new ThemeId(id), name))] : null,
        text?.QuotationStatus is { } status ? new QuotationOfAnswer(text.QuotationText!, Enum.Parse<QuotationStatus>(status), text.QuotationVersion!.Value) : null);

    private static IEnumerable<string> Spell(QuestionFacts question, JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => answer.EnumerateArray().Select(o => o.GetString()!).Select(code => question.Options.FirstOrDefault(o => o.Code == code)?.Label ?? code),
        JsonValueKind.Number => [answer.GetDecimal().ToString("0.############", CultureInfo.InvariantCulture)],
        JsonValueKind.Object => [UkTime.Spell(DateOnly.ParseExact(answer.GetProperty("date").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture))],
        _ => [answer.GetString()!],
    };

    /// <summary>A row for each free-text question of the consultation; one without a question where it has none.</summary>
    private Task<List<Row>> ReadRows(ReadResponse request, string[] codes, CancellationToken cancellationToken) => db.Read<Row>(
        $"""
        select r.reference as "Reference", r.consent_to_publish as "ConsentToPublish", r.counted as "Counted", r.answers::text as "Answers",
               coalesce(v.version, 0) as "CodingVersion", l.coding_completed_at as "CodingCompletedAt", l.consultation_id is not null as "HasClosed",
               q.code as "QuestionCode", c.response_id is not null as "IsCoded",
               array(select m.id from closing_the_loop.theme m where m.id = any(m2.ids) order by m.name, m.id) as "ThemeIds",
               array(select m.name::text from closing_the_loop.theme m where m.id = any(m2.ids) order by m.name, m.id) as "ThemeNames",
               n.text as "QuotationText", n.status as "QuotationStatus", n.version as "QuotationVersion"
          from participation.v1_received r
          left join closing_the_loop.loop l on l.consultation_id = r.consultation_id
          left join closing_the_loop.response_coding v on v.consultation_id = r.consultation_id and v.response_id = r.response_id
          left join unnest({codes}) q(code) on true
          left join closing_the_loop.coded_answer c on c.consultation_id = r.consultation_id and c.response_id = r.response_id and c.question_code = q.code
          left join closing_the_loop.quotation n on n.consultation_id = r.consultation_id and n.response_id = r.response_id and n.question_code = q.code
         cross join lateral (select array(
               select coalesce(t.merged_into, t.id) from closing_the_loop.coded_theme ct join closing_the_loop.theme t on t.id = ct.theme_id
                where ct.consultation_id = r.consultation_id and ct.response_id = r.response_id and ct.question_code = q.code) as ids) m2
         where r.consultation_id = {request.ConsultationId.Value} and r.response_id = {request.ResponseId.Value}
        """).ToListAsync(cancellationToken);

    private async Task<ResponseId?> Nearest(SqlConditions among, FormattableString side, string order, CancellationToken cancellationToken)
    {
        var where = among.Copy();
        where.And(side);
        var found = await db.Read<Guid>(where.Between(
            $"""select r.response_id as "Value" from participation.v1_received r""", $"order by r.response_id {new Verbatim(order)} limit 1")).ToListAsync(cancellationToken);
        return found is [var id] ? new ResponseId(id) : null;
    }

    private sealed record Row(
        string Reference,
        bool ConsentToPublish,
        bool Counted,
        string Answers,
        int CodingVersion,
        DateTimeOffset? CodingCompletedAt,
        bool HasClosed,
        string? QuestionCode,
        bool IsCoded,
        Guid[] ThemeIds,
        string[] ThemeNames,
        string? QuotationText,
        string? QuotationStatus,
        int? QuotationVersion);
}
