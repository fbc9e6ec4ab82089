using System.Globalization;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>What people answered: for each question the frequencies with their base, no answer and not asked kept apart. Also while it is open.</summary>
[RequiresScope("outcomes:read")]
public sealed record ShowResults(ConsultationId ConsultationId) : IQuery<ConsultationResults>;

/// <param name="IsFinal">The set is sealed. False while responses can still come, and until those that arrived in time are in.</param>
/// <param name="Responses">Responses in the set, admitted late ones included.</param>
/// <param name="LateAdmitted">Those of them that came late and were admitted.</param>
/// <param name="AsAt">The instant of the count, UTC.</param>
/// <param name="Method">How the figures came about and what they may be used for: to be shown with them.</param>
public sealed record ConsultationResults(
    ConsultationId ConsultationId, string Title, bool IsFinal, int Responses, int LateAdmitted, DateTimeOffset AsAt, string Method, IReadOnlyList<QuestionResults> Questions);

/// <param name="Base">Responses that answered the question: what every share is a share of. Base, no answer and not asked add up to all responses.</param>
/// <param name="NoAnswer">It was put to them and they left it out.</param>
/// <param name="NotAsked">The routing did not put it to them.</param>
/// <param name="Options">For single, multiple and scale; otherwise empty.</param>
/// <param name="Numbers">For number and scale; null where nobody answered.</param>
/// <param name="Dates">For date; null where nobody answered.</param>
/// <param name="Themes">For free text, most frequent first; otherwise empty.</param>
/// <param name="NoTheme">Free texts marked "none"; null for other questions.</param>
/// <param name="Uncoded">Free texts that nobody has coded yet; null for other questions.</param>
public sealed record QuestionResults(
    string Code,
    string Text,
    string Type,
    int Base,
    int NoAnswer,
    int NotAsked,
    IReadOnlyList<OptionCount> Options,
    NumberSummary? Numbers,
    DateSummary? Dates,
    IReadOnlyList<ThemeCount> Themes,
    int? NoTheme,
    int? Uncoded);

/// <param name="Share">Of the base, from 0 to 1, to four places; null where nobody answered. Where several options can be chosen the shares add up to more than 1.</param>
public sealed record OptionCount(string Code, string Label, int Count, decimal? Share);

/// <param name="N">Answers with a number.</param>
/// <param name="Mean">To four places.</param>
/// <param name="Median">The middle value; the mean of the two in the middle where N is even.</param>
public sealed record NumberSummary(int N, decimal Mean, decimal Median, decimal Minimum, decimal Maximum)
{
    /// <param name="values">Each value that was given with how often, in any order.</param>
    /// <returns>Null where no number was given.</returns>
    internal static NumberSummary? Of(IEnumerable<(decimal Value, int Count)> values)
    {
        var sorted = values.OrderBy(v => v.Value).ToList();
        var n = sorted.Sum(v => v.Count);
        return n == 0 ? null : new NumberSummary(
            n,
            Math.Round(sorted.Sum(v => v.Value * v.Count) / n, 4),
            (At(sorted, (n - 1) / 2) + At(sorted, n / 2)) / 2,
            sorted[0].Value,
            sorted[^1].Value);
    }

    /// <summary>The value at a place, counted from 0, when all are laid out in order.</summary>
    private static decimal At(List<(decimal Value, int Count)> sorted, int place)
    {
        foreach (var (value, count) in sorted)
        {
            if (place < count)
            {
                return value;
            }

            place -= count;
        }

        throw new ArgumentOutOfRangeException(nameof(place));
    }
}

public sealed record DateSummary(int N, DateOnly Earliest, DateOnly Latest);

/// <param name="Count">Answers to this question under the theme; one answer can be under several.</param>
/// <param name="Share">Of the base, from 0 to 1, to four places.</param>
public sealed record ThemeCount(ThemeId Id, string Name, int Count, decimal? Share);

internal sealed class ShowResultsHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<ShowResults, ConsultationResults>
{
    private const char Option = '=';
    private const char Together = '+';
    private const char Number = ':';
    private const char Date = '@';
    private const char Text = '~';
    private const char Asked = '?';
    private const char AskedLate = '!';
    private static readonly char[] Kinds = [Option, Together, Number, Date, Text, Asked, AskedLate];

    public async Task<ConsultationResults> Handle(ShowResults request, CancellationToken cancellationToken)
    {
        var id = request.ConsultationId.Value;
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        var counted = await Count(id, cancellationToken);
        var asked = counted.Where(g => g.Kind is Asked or AskedLate).Select(g => (Codes: g.Value.Split(','), g.Answers)).ToList();
        var responses = asked.Sum(a => a.Answers);
        var late = counted.Where(g => g.Kind == AskedLate).Sum(g => g.Answers);
        var given = counted.ToLookup(g => g.Code, StringComparer.Ordinal);
        var isFinal = await db.Loops.AnyAsync(l => l.ConsultationId == request.ConsultationId, cancellationToken);
        var themes = (await ReadThemes(id, cancellationToken)).ToLookup(t => t.Code, StringComparer.Ordinal);
        var coding = await ReadCoding(id, cancellationToken);
        var now = clock.GetUtcNow();
        return new ConsultationResults(
            request.ConsultationId,
            consultation.Title,
            isFinal,
            responses,
            late,
            now,
            Method(responses, late, isFinal, now),
            [.. questions.Select(q => Describe(
                q, responses, asked.Where(a => a.Codes.Contains(q.Code, StringComparer.Ordinal)).Sum(a => a.Answers), [.. given[q.Code]], themes[q.Code], coding.GetValueOrDefault(q.Code)))]);
    }

    /// <summary>One pass over what was given and asked: how often each value of each question was, and how often which questions were put.</summary>
    private async Task<IReadOnlyList<Given>> Count(Guid id, CancellationToken cancellationToken)
    {
        var counts = await db.Read<GivenRow>(
            $"""
            select g as "Given", count(*)::int as "Answers"
              from participation.v3_given v cross join lateral unnest(v.given) g
             where v.consultation_id = {id} group by g
            """).ToListAsync(cancellationToken);
        return [.. counts.Select(c => Given.Of(c.Given, c.Answers))];
    }

    private Task<List<ThemeOfQuestion>> ReadThemes(Guid id, CancellationToken cancellationToken) => db.Read<ThemeOfQuestion>(
        $"""
        select ct.question_code as "Code", m.id as "ThemeId", m.name as "Name", count(distinct ct.response_id)::int as "Answers"
          from closing_the_loop.coded_theme ct
          join participation.v1_responses r on r.consultation_id = ct.consultation_id and r.response_id = ct.response_id
          join closing_the_loop.theme t on t.id = ct.theme_id
          join closing_the_loop.theme m on m.id = coalesce(t.merged_into, t.id)
         where ct.consultation_id = {id}
         group by ct.question_code, m.id, m.name
        """).ToListAsync(cancellationToken);

    private Task<Dictionary<string, CodedTexts>> ReadCoding(Guid id, CancellationToken cancellationToken) => db.Read<CodedTexts>(
        $"""
        select c.question_code as "Code", count(*)::int as "Coded",
               (count(*) filter (where not exists (
                   select from closing_the_loop.coded_theme ct
                    where ct.consultation_id = c.consultation_id and ct.response_id = c.response_id and ct.question_code = c.question_code)))::int as "NoTheme"
          from closing_the_loop.coded_answer c
          join participation.v1_responses r on r.consultation_id = c.consultation_id and r.response_id = c.response_id
         where c.consultation_id = {id}
         group by c.question_code
        """).ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellationToken);

    private static QuestionResults Describe(
        QuestionFacts question,
        int responses,
        int asked,
        IReadOnlyList<Given> given,
        IEnumerable<ThemeOfQuestion> themes,
        CodedTexts? coding)
    {
        // Whoever chose several options at once answered once.
        var answered = given.Where(g => g.Kind != Together).Sum(g => g.Answers) - given.Where(g => g.Kind == Together).Sum(g => g.Answers * (int.Parse(g.Value, CultureInfo.InvariantCulture) - 1));
        var chosen = given.Where(g => g.Kind == Option).ToDictionary(g => g.Value, g => g.Answers, StringComparer.Ordinal);
        var numbers = given.Where(g => g.Kind == (question.Type == "scale" ? Option : Number)).Select(g => (decimal.Parse(g.Value, CultureInfo.InvariantCulture), g.Answers));
        var dates = given.Where(g => g.Kind == Date).Select(g => DateOnly.Parse(g.Value, CultureInfo.InvariantCulture)).ToList();
        return new QuestionResults(
            question.Code,
            question.Text,
            question.Type,
            answered,
            asked - answered,
            responses - asked,
            [.. question.Options.Select(o => new OptionCount(o.Code, o.Label, chosen.GetValueOrDefault(o.Code), Share(chosen.GetValueOrDefault(o.Code), answered)))],
            NumberSummary.Of(numbers),
            dates.Count == 0 ? null : new DateSummary(answered, dates.Min(), dates.Max()),
            [.. themes.OrderByDescending(t => t.Answers).ThenBy(t => t.Name, StringComparer.Ordinal)
                .Select(t => new ThemeCount(new ThemeId(t.ThemeId), t.Name, t.Answers, Share(t.Answers, answered)))],
            question.IsFreeText ? coding?.NoTheme ?? 0 : null,
            question.IsFreeText ? answered - (coding?.Coded ?? 0) : null);
    }

    private static decimal? Share(int count, int of) => of == 0 ? null : Math.Round((decimal)count / of, 4);

    private static string Method(int responses, int late, bool isFinal, DateTimeOffset now)
    {
        var received = $"{responses} response{(responses == 1 ? "" : "s")} received{(late > 0 ? $", {late} of them late and admitted" : "")}, counted on {UkTime.Spell(UkTime.DateOf(now))}.";
        return $"{received} {(isFinal ? "" : "Not final: the set of responses has not been sealed. ")}"
            + "Everybody could take part and those who answered chose to: they are not a sample of the population, so no margin of error is given. "
            + "Shares are of those who answered the question. No small number is suppressed: these figures hold no equality answers.";
    }

    private sealed record GivenRow(string Given, int Answers);

    /// <summary>One value of one question, as <see cref="ResponseViews.Counted"/> spells it; of what was asked there is no question, and the value names them all.</summary>
    private sealed record Given(string Code, char Kind, string Value, int Answers)
    {
        public static Given Of(string given, int answers)
        {
            var at = given.IndexOfAny(Kinds);
            return new Given(given[..at], given[at], given[(at + 1)..], answers);
        }
    }

    private sealed record ThemeOfQuestion(string Code, Guid ThemeId, string Name, int Answers);

    /// <param name="NoTheme">Those of the coded answers that are marked "none".</param>
    private sealed record CodedTexts(string Code, int Coded, int NoTheme);
}
