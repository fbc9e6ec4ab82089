using Engagement.Participation.Domain.Equality;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Bundles;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Bundles;

/// <summary>
/// How often each equality answer was given, and nothing that could be linked to a response or to another answer. Counts below 10 are
/// suppressed, others rounded to the nearest 5; where one is suppressed the smallest other is too, so that it cannot be worked out.
/// </summary>
internal sealed class EqualityBundleSection(IParticipationDb db) : IBundleSection
{
    /// <summary>The Office for National Statistics' "10-5 rule".</summary>
    private const int Threshold = 10;

    private const int Nearest = 5;

    public string Folder => "08-equality";

    public string Title => "Equality monitoring";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var counts = (await db.Database.SqlQuery<Counted>(
            $"""
            select a.key as "Question", o.value as "Option", count(*)::int as "Answers"
              from participation.equality_answers e
             cross join lateral jsonb_each(e.answers) a
             cross join lateral jsonb_array_elements_text(case when jsonb_typeof(a.value) = 'array' then a.value end) o(value)
             where e.consultation_id = {bundle.Consultation}
             group by a.key, o.value
            """).ToListAsync(cancellationToken)).ToDictionary(c => (c.Question, c.Option), c => c.Answers);
        bundle.Page.Paragraph($"Equality answers are never linked to a response in a bundle. These are counts alone, by the question set {EqualityQuestionSet.Version}: those below {Threshold} are suppressed, the others rounded to the nearest {Nearest}, and where one count of a question is suppressed so is the smallest of the others.");
        var published = new List<PublishedQuestion>();
        foreach (var question in EqualityQuestionSet.Content.Questions.Where(q => q.Choices().Count > 0))
        {
            int[] exact = [.. question.Choices().Select(o => counts.GetValueOrDefault((question.Code, o.Code)))];
            var safe = Safe(exact);
            published.Add(new PublishedQuestion(question.Code, question.Text, [.. question.Choices().Select((o, i) => new PublishedOption(o.Code, o.Label, safe[i]))]));
            bundle.Page.Table(question.Text, ["Answer", "Count"], question.Choices().Select(IReadOnlyList<BundleText> (o, i) => [o.Label, safe[i] is { } count ? count : "suppressed"]));
        }

        await bundle.AddJsonAsync("equality.json", "Counts of equality answers, small ones suppressed", published, cancellationToken);
        bundle.Page.List([BundleText.Link("equality.json", "The same as JSON")]);
    }

    /// <returns>For each count what may be said of it; null where nothing may.</returns>
    internal static int?[] Safe(IReadOnlyList<int> exact)
    {
        var suppressed = exact.Select(c => c < Threshold).ToArray();
        if (suppressed.Count(s => s) == 1 && exact.Count > 1)
        {
            suppressed[Enumerable.Range(0, exact.Count).Where(i => !suppressed[i]).MinBy(i => exact[i])] = true;
        }

        return [.. exact.Select((count, i) => suppressed[i] ? (int?)null : (count + (Nearest / 2)) / Nearest * Nearest)];
    }

    private sealed record Counted(string Question, string Option, int Answers);

    private sealed record PublishedQuestion(string Code, string Text, IReadOnlyList<PublishedOption> Options);

    /// <param name="Count">Rounded; null where it is suppressed.</param>
    private sealed record PublishedOption(string Code, string Label, int? Count);
}
