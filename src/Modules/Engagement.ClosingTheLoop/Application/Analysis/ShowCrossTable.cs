using System.Globalization;
using System.Runtime.CompilerServices;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>
/// How those who gave each answer to one question answered another. Small numbers are hidden, so that it cannot be read from it what one person
/// answered; equality answers are never in it. Also while it is open.
/// </summary>
/// <param name="Rows">The code of a question with options, at most <see cref="ListComparableQuestions.MostOptions"/>; so is <paramref name="Columns"/>.</param>
[RequiresScope("outcomes:read")]
public sealed record ShowCrossTable(ConsultationId ConsultationId, string? Rows, string? Columns) : IQuery<CrossTable>;

/// <param name="IsFinal">The set is sealed.</param>
/// <param name="Responses">Responses in the set: the base of the whole table.</param>
/// <param name="AsAt">The instant of the count, UTC.</param>
/// <param name="Method">How the figures came about and what they may be used for: to be shown with them.</param>
/// <param name="Columns">The lines of the second question, each with its total.</param>
public sealed record CrossTable(
    ConsultationId ConsultationId,
    bool IsFinal,
    int Responses,
    DateTimeOffset AsAt,
    string Method,
    string RowQuestion,
    string ColumnQuestion,
    IReadOnlyList<CrossLine> Columns,
    IReadOnlyList<CrossRow> Rows);

/// <param name="Code">Of the option; null for those who gave no answer or were not asked, who have a line only where there are any.</param>
/// <param name="Total">Responses in the line: how often the answer was given in all.</param>
public sealed record CrossLine(string? Code, string Label, int Total);

/// <param name="Total">As of a column. It is what every share of the row is a share of.</param>
/// <param name="Cells">In the order of the columns.</param>
public sealed record CrossRow(string? Code, string Label, int Total, IReadOnlyList<CrossCell> Cells);

/// <param name="Count">Null where it is hidden.</param>
/// <param name="Share">Of the row's total, from 0 to 1, to four places; null where the count is hidden or the row empty.</param>
public sealed record CrossCell(int? Count, decimal? Share);

internal sealed class ShowCrossTableValidator : AbstractValidator<ShowCrossTable>
{
    public ShowCrossTableValidator()
    {
        RuleFor(q => q.Rows).NotEmpty().WithMessage("Choose the question for the rows");
        RuleFor(q => q.Columns).NotEmpty().WithMessage("Choose the question for the columns");
        RuleFor(q => q.Columns).NotEqual(q => q.Rows).WithMessage("Choose another question than that of the rows").When(q => !string.IsNullOrEmpty(q.Columns));
    }
}

internal sealed class ShowCrossTableHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<ShowCrossTable, CrossTable>
{
    public async Task<CrossTable> Handle(ShowCrossTable request, CancellationToken cancellationToken)
    {
        var (_, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        var (rows, columns) = (Axis.Of(questions, request.Rows), Axis.Of(questions, request.Columns));
        var counted = await ReadCells(request.ConsultationId, rows, columns, cancellationToken);
        var isFinal = await db.Loops.AnyAsync(l => l.ConsultationId == request.ConsultationId, cancellationToken);
        var responses = counted.Sum(c => c.Responses);
        var counts = new int[rows.Lines, columns.Lines];
        var (rowTotals, columnTotals) = (new int[rows.Lines], new int[columns.Lines]);
        foreach (var cell in counted)
        {
            var (inRows, inColumns) = (rows.Places(cell.Row), columns.Places(cell.Column));
            foreach (var row in inRows)
            {
                rowTotals[row] += cell.Responses;
                foreach (var column in inColumns)
                {
                    counts[row, column] += cell.Responses;
                }
            }

            foreach (var column in inColumns)
            {
                columnTotals[column] += cell.Responses;
            }
        }

        var hidden = SmallNumbers.Hidden(counts);
        var now = clock.GetUtcNow();
        int[] shown = [.. Enumerable.Range(0, columns.Lines).Where(c => columns.IsOption(c) || columnTotals[c] > 0)];
        return new CrossTable(
            request.ConsultationId,
            isFinal,
            responses,
            now,
            Method(responses, isFinal, now),
            rows.Question.Text,
            columns.Question.Text,
            [.. shown.Select(c => new CrossLine(columns.CodeOf(c), columns.LabelOf(c), columnTotals[c]))],
            [.. Enumerable.Range(0, rows.Lines).Where(r => rows.IsOption(r) || rowTotals[r] > 0).Select(r => new CrossRow(
                rows.CodeOf(r), rows.LabelOf(r), rowTotals[r], [.. shown.Select(c => hidden[r, c] ? new CrossCell(null, null) : new CrossCell(counts[r, c], Share(counts[r, c], rowTotals[r])))]))]);
    }

    /// <summary>One pass over short lists: what each response has for each of the two questions is one expression, and equal pairs are counted.</summary>
    private Task<List<Counted>> ReadCells(ConsultationId consultation, Axis rows, Axis columns, CancellationToken cancellationToken)
    {
        var arguments = new List<object>();
        var sql =
            $"""
            select {rows.Expression(Place)} as "Row", {columns.Expression(Place)} as "Column", count(*)::int as "Responses"
              from participation.v2_given v where v.consultation_id = {Place(consultation.Value)} group by 1, 2
            """;
        return db.Read<Counted>(FormattableStringFactory.Create(sql, [.. arguments])).ToListAsync(cancellationToken);

        string Place(object argument)
        {
            arguments.Add(argument);
            return $"{{{arguments.Count - 1}}}";
        }
    }

    private static decimal? Share(int count, int of) => of == 0 ? null : Math.Round((decimal)count / of, 4);

    private static string Method(int responses, bool isFinal, DateTimeOffset now) =>
        $"Base: {responses} response{(responses == 1 ? "" : "s")}, counted on {UkTime.Spell(UkTime.DateOf(now))}. {(isFinal ? "" : "Not final: the set of responses has not been sealed. ")}"
        + "Each share is of its row’s total; where several options can be chosen, a response counts under each of them. "
        + $"Counts from 1 to {SmallNumbers.Threshold - 1} are hidden, and as many others as it takes that they cannot be worked out. "
        + "Everybody could take part and those who answered chose to: they are not a sample of the population, so no margin of error is given. There are no equality answers in it.";

    /// <summary>What a response has for each of the questions: the places of its options with commas between, nothing for no answer, null where it was not asked.</summary>
    private sealed record Counted(string? Row, string? Column, int Responses);

    /// <summary>One question as a side of the table: a line for each option, then one for no answer and one for not asked.</summary>
    private sealed record Axis(QuestionFacts Question)
    {
        public int Lines => Question.Options.Count + 2;

        private int NoAnswer => Question.Options.Count;

        private int NotAsked => Question.Options.Count + 1;

        public static Axis Of(IReadOnlyList<QuestionFacts> questions, string? code) =>
            new(questions.FirstOrDefault(q => q.Code == code && ListComparableQuestions.Includes(q)) ?? throw new NotFoundException("question with options"));

        public bool IsOption(int line) => line < NoAnswer;

        public string? CodeOf(int line) => IsOption(line) ? Question.Options[line].Code : null;

        public string LabelOf(int line) => line == NoAnswer ? "No answer" : line == NotAsked ? "Not asked" : Question.Options[line].Label;

        public IReadOnlyList<int> Places(string? read) =>
            read is null ? [NotAsked] : read.Length == 0 ? [NoAnswer] : [.. read.Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];

        /// <param name="place">Makes a parameter.</param>
        public string Expression(Func<object, string> place)
        {
            var chosen = Question.Options.Select((o, n) => string.Create(CultureInfo.InvariantCulture, $"when {place($"{Question.Code}={o.Code}")} = any(v.given) then '{n}'"));
            var none = $"when {place(Question.Code)} = any(v.asked) then ''";
            return Question.Type == "multiple"
                ? $"coalesce(nullif(concat_ws(',', {string.Join(", ", chosen.Select(c => $"case {c} end"))}), ''), case {none} end)"
                : $"case {string.Join(" ", chosen)} {none} end";
        }
    }
}
