using System.Runtime.CompilerServices;
using Engagement.Consultations.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Which of the responses that were received a filter means: conditions on <c>participation.v1_received r</c>.</summary>
internal static class ReceivedResponses
{
    /// <param name="codes">The codes of the free-text questions.</param>
    public static async Task<SqlConditions> Matching(
        this IClosingTheLoopDb db, ConsultationId consultation, ResponseFilter filter, string[] codes, CancellationToken cancellationToken)
    {
        var where = new SqlConditions($"r.consultation_id = {consultation.Value}");
        if (ShownReference.Read(filter.Words) is { } reference)
        {
            where.And($"r.reference = {reference}");
        }
        else if (!string.IsNullOrWhiteSpace(filter.Words))
        {
            where.And($"r.words @@ websearch_to_tsquery('pg_catalog.english', {filter.Words})");
        }

        if (filter.Channel is { } channel)
        {
            where.And($"r.channel = {channel}");
        }

        if (filter.Standing is { } standing)
        {
            // The flag says the same again: an index knows it.
            where.And($"r.standing = {standing}");
            where.And(standing == "entered-after-seal" ? $"r.entered_after_seal" : standing == "in-time" ? (FormattableString)$"not r.late" : $"r.late");
        }

        if (filter.Option is { } option)
        {
            where.And($"r.choices @> {new[] { option }}");
        }

        if (filter.Suspected is { } suspected)
        {
            where.And($"r.response_id {new Verbatim(suspected ? "" : "not")} in (select s.response_id from participation.v1_suspected s where s.consultation_id = {consultation.Value})");
        }

        if (filter.Theme is { } theme)
        {
            // Read first, because the plan depends on which theme it is: one that everybody raised, or hardly anybody.
            var merged = await db.Read<Guid>($"""select id as "Value" from closing_the_loop.theme where merged_into = {theme.Value}""").ToListAsync(cancellationToken);
            Guid[] ids = [theme.Value, .. merged];
            where.And(
                $"""
                r.response_id in (select ct.response_id from closing_the_loop.coded_theme ct where ct.consultation_id = {consultation.Value} and ct.theme_id = any({ids}))
                """);
        }

        if (filter.Coded is { } coded)
        {
            where.And($"r.counted");
            where.And(
                $"""
                {new Verbatim(coded ? "not" : "")} exists (
                    select from unnest({codes}) q(code)
                     where jsonb_typeof(r.answers -> q.code) = 'string'
                       and not exists (select from closing_the_loop.coded_answer c
                                        where c.consultation_id = r.consultation_id and c.response_id = r.response_id and c.question_code = q.code))
                """);
            if (coded)
            {
                where.And($"exists (select from closing_the_loop.coded_answer c where c.consultation_id = r.consultation_id and c.response_id = r.response_id)");
            }
        }

        return where;
    }
}

/// <summary>The reference of a response as its participant has it, such as <c>7K3M-9QXP-2VTD</c>; in the views it has no hyphens.</summary>
internal static class ShownReference
{
    private const int Length = 12;

    public static string Of(string reference) => $"{reference[..4]}-{reference[4..8]}-{reference[8..]}";

    /// <returns>Null where the words are no reference. Two hyphens, or a figure among its letters, tell it from a long word.</returns>
    public static string? Read(string? words)
    {
        var plain = words?.Trim().ToUpperInvariant() ?? "";
        var hyphens = plain.Count(c => c == '-');
        plain = plain.Replace("-", "", StringComparison.Ordinal);
        return plain.Length == Length && plain.All(char.IsAsciiLetterOrDigit) && (hyphens == 2 || (hyphens == 0 && plain.Any(char.IsAsciiDigit))) ? plain : null;
    }
}

/// <summary>SQL of our own, put into a statement as it stands.</summary>
internal sealed record Verbatim(string Sql);

/// <summary>Conditions that a statement has or has not, each with its parameters: what is not asked for is not in the statement, so that its plan fits.</summary>
internal sealed class SqlConditions(params FormattableString[] first)
{
    private readonly List<FormattableString> conditions = [.. first];

    public SqlConditions Copy() => new([.. conditions]);

    public void And(FormattableString condition) => conditions.Add(condition);

    /// <summary>The statement: what stands before its <c>where</c>, the conditions, what stands after.</summary>
    public FormattableString Between(FormattableString before, FormattableString after)
    {
        var arguments = new List<object?>();
        var sql = $"{Place(before, arguments)}\n where {string.Join("\n   and ", conditions.Select(c => Place(c, arguments)))}\n {Place(after, arguments)}";
        return FormattableStringFactory.Create(sql, [.. arguments]);
    }

    /// <summary>The text of one part with its placeholders counted on from those before it.</summary>
    private static string Place(FormattableString part, List<object?> arguments)
    {
        var names = part.GetArguments().Select(argument =>
        {
            switch (argument)
            {
                case Verbatim verbatim:
                    return verbatim.Sql;
                case FormattableString nested:
                    return Place(nested, arguments);
            }

            arguments.Add(argument);
            return $"{{{arguments.Count - 1}}}";
        }).ToArray();
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, part.Format, names);
    }
}
