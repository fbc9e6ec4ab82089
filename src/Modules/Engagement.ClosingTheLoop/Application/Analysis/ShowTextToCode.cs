using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>One free text to be coded, with how it is coded and which texts come before and after it.</summary>
/// <param name="At">Which text; null for the first that nobody has coded, or for the first of all where all are coded.</param>
[RequiresScope("participation:read")]
public sealed record ShowTextToCode(ConsultationId ConsultationId, TextToCode? At = null) : IQuery<CodingDesk>;

/// <param name="CompletedAt">When the coding was last declared complete; null while it is open.</param>
/// <param name="Texts">Free texts in all.</param>
/// <param name="Uncoded">Those of them with neither a theme nor "none".</param>
/// <param name="Themes">The themes to choose from, in the order of their places, sub-themes below their theme.</param>
/// <param name="Text">Null where there is no free text at all.</param>
public sealed record CodingDesk(string Title, DateTimeOffset? CompletedAt, int Texts, int Uncoded, IReadOnlyList<DeskTheme> Themes, DeskText? Text);

/// <param name="Depth">0 at the top.</param>
/// <param name="Uses">Answers coded with it; of a merged theme they count where it now belongs.</param>
/// <param name="IsOffered">False for one that was archived: it may stay where it was given.</param>
public sealed record DeskTheme(ThemeId Id, string Name, string Description, ThemeId? ParentId, int Depth, int Uses, bool IsOffered);

/// <param name="Themes">Its themes, merged ones as what they became; empty is "none", null is yet to be coded.</param>
/// <param name="Version">Of the coding of the whole response: what a change has to name.</param>
/// <param name="LastCoded">Who last coded this response and when; null while nobody has.</param>
/// <param name="Previous">The text before it, coded or not; null at the first.</param>
/// <param name="Next">The text after it, coded or not; null at the last.</param>
/// <param name="NextUncoded">The next that nobody has coded, from the beginning again where the end is reached; null where none is left beside it.</param>
public sealed record DeskText(
    TextToCode At,
    string Reference,
    DateOnly ReceivedOn,
    string Channel,
    string QuestionText,
    string Text,
    IReadOnlyList<ThemeId>? Themes,
    int Version,
    CodedBy? LastCoded,
    TextToCode? Previous,
    TextToCode? Next,
    TextToCode? NextUncoded);

/// <param name="Actor">As in the history, such as <c>officer:</c> and the id.</param>
public sealed record CodedBy(string Actor, DateTimeOffset At);

internal sealed class ShowTextToCodeHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ShowTextToCode, CodingDesk>
{
    public async Task<CodingDesk> Handle(ShowTextToCode request, CancellationToken cancellationToken)
    {
        var id = request.ConsultationId;
        var frame = await ReadFrame(id, cancellationToken);
        if (frame.Count == 0)
        {
            throw Loops.NotClosed();
        }

        var (consultation, questions) = await mediator.FindQuestions(id, cancellationToken);
        var codes = FreeTexts.CodesOf(questions);
        var counts = await db.CountTexts(id, questions, cancellationToken);
        var (texts, uncoded) = (counts.Sum(c => c.Texts), counts.Sum(c => c.Uncoded));
        var at = request.At ?? (texts == 0 ? null : await FindFirst(id, codes, mayBeCoded: uncoded == 0, cancellationToken));
        return new CodingDesk(consultation.Title, frame[0].CompletedAt, texts, uncoded, InOrder(frame), at is null ? null : await Read(id, at, codes, questions, cancellationToken));
    }

    /// <summary>A row for each theme; one without a theme where the frame is empty, none where there is no frame.</summary>
    private Task<List<FrameRow>> ReadFrame(ConsultationId id, CancellationToken cancellationToken) => db.Read<FrameRow>(
        $"""
        select l.coding_completed_at as "CompletedAt", t.id as "Id", t.name as "Name", t.description as "Description", t.parent_id as "ParentId", t.position as "Position",
               t.is_archived as "IsArchived", coalesce(u.uses, 0)::int as "Uses"
          from closing_the_loop.loop l
          left join closing_the_loop.theme t on t.consultation_id = l.consultation_id and t.merged_into is null
          left join (select coalesce(o.merged_into, o.id) as id, sum(c.uses) as uses
                       from (select theme_id, count(*) as uses from closing_the_loop.coded_theme where consultation_id = {id.Value} group by theme_id) c
                       join closing_the_loop.theme o on o.id = c.theme_id
                      group by 1) u on u.id = t.id
         where l.consultation_id = {id.Value}
        """).ToListAsync(cancellationToken);

    private static List<DeskTheme> InOrder(List<FrameRow> frame)
    {
        var below = frame.Where(t => t.Id is not null).OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).ToLookup(t => t.ParentId);
        var ordered = new List<DeskTheme>();
        Add(null, 0);
        return ordered;

        void Add(Guid? parent, int depth)
        {
            foreach (var theme in below[parent])
            {
                ordered.Add(new DeskTheme(
                    new ThemeId(theme.Id!.Value), theme.Name!, theme.Description!, theme.ParentId is { } id ? new ThemeId(id) : null, depth, theme.Uses, theme.IsArchived == false));
                Add(theme.Id, depth + 1);
            }
        }
    }

    private async Task<TextToCode?> FindFirst(ConsultationId id, string[] codes, bool mayBeCoded, CancellationToken cancellationToken) =>
        Place((await db.Read<PlaceRow>(
            $"""
            select a.response_id as "ResponseId", a.question_code as "QuestionCode"
              from participation.v1_answers a
             where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes})
               and ({mayBeCoded} or not exists (
                    select from closing_the_loop.coded_answer c
                     where c.consultation_id = a.consultation_id and c.response_id = a.response_id and c.question_code = a.question_code))
             order by a.response_id, a.question_code limit 1
            """).ToListAsync(cancellationToken)).SingleOrDefault());

    private async Task<DeskText> Read(ConsultationId id, TextToCode at, string[] codes, IReadOnlyList<QuestionFacts> questions, CancellationToken cancellationToken)
    {
        var row = (await db.Read<TextRow>(
            $"""
            select r.reference as "Reference", r.received_on as "ReceivedOn", r.channel as "Channel", a.text as "Text", coalesce(v.version, 0) as "Version",
                   c.response_id is not null as "IsCoded",
                   array(select distinct coalesce(t.merged_into, t.id) from closing_the_loop.coded_theme ct join closing_the_loop.theme t on t.id = ct.theme_id
                          where ct.consultation_id = r.consultation_id and ct.response_id = r.response_id and ct.question_code = a.question_code) as "Themes",
                   h.actor as "CodedBy", h.occurred_at as "CodedAt"
              from participation.v1_responses r
              join participation.v1_answers a on a.consultation_id = r.consultation_id and a.response_id = r.response_id
              left join closing_the_loop.response_coding v on v.consultation_id = r.consultation_id and v.response_id = r.response_id
              left join closing_the_loop.coded_answer c on c.consultation_id = r.consultation_id and c.response_id = r.response_id and c.question_code = a.question_code
              left join lateral (select actor, occurred_at from closing_the_loop.history where aggregate_id = r.response_id order by position desc limit 1) h on true
             where r.consultation_id = {id.Value} and r.response_id = {at.ResponseId.Value}
               and a.question_code = {at.QuestionCode} and a.question_code = any({codes}) and a.text is not null
            """).ToListAsync(cancellationToken)).SingleOrDefault() ?? throw new NotFoundException("free text");
        var around = (await FindAround(id, at, codes, cancellationToken)).ToLookup(p => p.Kind, p => Place(p)!, StringComparer.Ordinal);
        return new DeskText(
            at, ShownReference.Of(row.Reference), row.ReceivedOn, row.Channel, questions.Single(q => q.Code == at.QuestionCode).Text, row.Text,
            row.IsCoded ? [.. row.Themes.Select(t => new ThemeId(t))] : null,
            row.Version,
            row.CodedBy is null ? null : new CodedBy(row.CodedBy, row.CodedAt!.Value),
            around["previous"].SingleOrDefault(), around["next"].SingleOrDefault(), around["uncoded"].FirstOrDefault() ?? around["again"].FirstOrDefault());
    }

    /// <summary>Each is one step along the key of the responses, wherever in the set it begins.</summary>
    private Task<List<AroundRow>> FindAround(ConsultationId id, TextToCode at, string[] codes, CancellationToken cancellationToken)
    {
        var (response, question) = (at.ResponseId.Value, at.QuestionCode);
        return db.Read<AroundRow>(
            $"""
            (select 'previous' as "Kind", a.response_id as "ResponseId", a.question_code as "QuestionCode" from participation.v1_answers a
              where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes})
                and a.response_id <= {response} and (a.response_id, a.question_code) < ({response}, {question})
              order by a.response_id desc, a.question_code desc limit 1)
            union all
            (select 'next', a.response_id, a.question_code from participation.v1_answers a
              where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes})
                and a.response_id >= {response} and (a.response_id, a.question_code) > ({response}, {question})
              order by a.response_id, a.question_code limit 1)
            union all
            (select 'uncoded', a.response_id, a.question_code from participation.v1_answers a
              where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes})
                and a.response_id >= {response} and (a.response_id, a.question_code) > ({response}, {question})
                and not exists (select from closing_the_loop.coded_answer c
                                 where c.consultation_id = a.consultation_id and c.response_id = a.response_id and c.question_code = a.question_code)
              order by a.response_id, a.question_code limit 1)
            union all
            (select 'again', a.response_id, a.question_code from participation.v1_answers a
              where a.consultation_id = {id.Value} and a.text is not null and a.question_code = any({codes})
                and (a.response_id, a.question_code) < ({response}, {question})
                and not exists (select from closing_the_loop.coded_answer c
                                 where c.consultation_id = a.consultation_id and c.response_id = a.response_id and c.question_code = a.question_code)
              order by a.response_id, a.question_code limit 1)
            """).ToListAsync(cancellationToken);
    }

    private static TextToCode? Place(PlaceRow? row) => row is null ? null : new TextToCode(new ResponseId(row.ResponseId), row.QuestionCode);

    private static TextToCode? Place(AroundRow row) => new(new ResponseId(row.ResponseId), row.QuestionCode);

    private sealed record FrameRow(
        DateTimeOffset? CompletedAt, Guid? Id, string? Name, string? Description, Guid? ParentId, int? Position, bool? IsArchived, int Uses);

    private sealed record PlaceRow(Guid ResponseId, string QuestionCode);

    private sealed record AroundRow(string Kind, Guid ResponseId, string QuestionCode);

    private sealed record TextRow(
        string Reference, DateOnly ReceivedOn, string Channel, string Text, int Version, bool IsCoded, Guid[] Themes, string? CodedBy, DateTimeOffset? CodedAt);
}
