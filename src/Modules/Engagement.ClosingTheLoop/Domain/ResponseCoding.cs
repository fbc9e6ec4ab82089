using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>
/// Which themes the free-text answers of one response fall under. An aggregate of its own, so that many officers code many
/// responses at once and only two who code the same one meet.
/// </summary>
internal sealed class ResponseCoding : AggregateRoot
{
    private readonly List<CodedAnswer> answers = [];

    private ResponseCoding()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    public ResponseId ResponseId { get; private init; }

    public override Guid Identity => ResponseId.Value;

    /// <summary>The answers that somebody has coded; one that is not among them is yet to be coded.</summary>
    public IReadOnlyList<CodedAnswer> Answers => answers;

    public static ResponseCoding Of(ConsultationId consultationId, ResponseId responseId) => new() { ConsultationId = consultationId, ResponseId = responseId };

    /// <summary>Replaces the coding of the whole response.</summary>
    /// <param name="loop">The loop of the consultation: its frame offers the themes.</param>
    /// <param name="coded">For each coded question the themes; an empty list means "none".</param>
    /// <exception cref="RuleBrokenException"><c>coding-complete</c> or <c>theme-not-offered</c>.</exception>
    public void Replace(Loop loop, IReadOnlyDictionary<string, IReadOnlyList<ThemeId>> coded, DateTimeOffset now)
    {
        loop.MustBeCoding();

        // A theme that was archived after it was given here may stay.
        loop.MustOffer(coded.SelectMany(c => c.Value.Except(answers.Find(a => a.QuestionCode == c.Key)?.Themes.Select(t => t.ThemeId) ?? [])));
        answers.RemoveAll(a => !coded.ContainsKey(a.QuestionCode));
        foreach (var (question, themes) in coded)
        {
            var answer = answers.Find(a => a.QuestionCode == question);
            if (answer is null)
            {
                answer = new CodedAnswer(question);
                answers.Add(answer);
            }

            answer.Replace(themes);
        }

        Raise(new ResponseCoded(ConsultationId, ResponseId, coded, now));
    }

    /// <summary>Codes one answer and leaves the others as they are.</summary>
    /// <param name="coded">Its themes; an empty list means "none", null that it is yet to be coded again.</param>
    /// <exception cref="RuleBrokenException">As <see cref="Replace"/>.</exception>
    public void ReplaceOne(Loop loop, string questionCode, IReadOnlyList<ThemeId>? coded, DateTimeOffset now)
    {
        var all = answers.ToDictionary(a => a.QuestionCode, IReadOnlyList<ThemeId> (a) => [.. a.Themes.Select(t => t.ThemeId)], StringComparer.Ordinal);
        if (coded is null)
        {
            all.Remove(questionCode);
        }
        else
        {
            // A theme that was merged is shown as what it became: who keeps that one keeps what was coded.
            var before = all.GetValueOrDefault(questionCode, []);
            all[questionCode] = [.. coded.SelectMany(id => before.Where(b => b == id || loop.Themes.Any(t => t.Id == b && t.MergedInto == id)).DefaultIfEmpty(id)).Distinct()];
        }

        Replace(loop, all, now);
    }
}

/// <summary>One free text that somebody has read. Without a theme it is marked "none": no theme applies.</summary>
internal sealed class CodedAnswer
{
    private readonly List<CodedTheme> themes = [];

    internal CodedAnswer(string questionCode) => QuestionCode = questionCode;

    public string QuestionCode { get; private init; }

    public IReadOnlyList<CodedTheme> Themes => themes;

    internal void Replace(IReadOnlyCollection<ThemeId> ids)
    {
        themes.RemoveAll(t => !ids.Contains(t.ThemeId));
        themes.AddRange(ids.Distinct().Where(id => !themes.Exists(t => t.ThemeId == id)).Select(id => new CodedTheme(id)).ToList());
    }
}

internal sealed class CodedTheme
{
    internal CodedTheme(ThemeId themeId) => ThemeId = themeId;

    public ThemeId ThemeId { get; private init; }
}
