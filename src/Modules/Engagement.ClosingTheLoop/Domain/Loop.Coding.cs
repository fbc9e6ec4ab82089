using Engagement.ClosingTheLoop.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>The coding frame, and whether every free text has been coded with it.</summary>
internal sealed partial class Loop
{
    public const int MostThemes = 500;

    private readonly List<Theme> themes = [];

    public IReadOnlyList<Theme> Themes => themes;

    /// <summary>When the coding was last declared complete; null while it is open.</summary>
    public DateTimeOffset? CodingCompletedAt { get; private set; }

    /// <exception cref="RuleBrokenException"><c>coding-complete</c>, <c>theme-name-taken</c>, <c>theme-parent-unknown</c> or <c>too-many-themes</c>.</exception>
    public ThemeId AddTheme(ThemeText text, DateTimeOffset now)
    {
        MustBeCoding();
        if (themes.Count >= MostThemes)
        {
            throw new RuleBrokenException("too-many-themes", $"A coding frame holds at most {MostThemes} themes. Merge some before you add another.");
        }

        var theme = new Theme(ConsultationId, ThemeId.New(), text);
        CheckPlace(theme.Id, text);
        themes.Add(theme);
        Raise(new ThemeAdded(ConsultationId, theme.Id, theme.Name, theme.Description, theme.ParentId, now));
        return theme.Id;
    }

    /// <summary>Renames, describes or moves a theme; possible at any time, because it changes no coding.</summary>
    /// <exception cref="RuleBrokenException"><c>theme-merged</c>, <c>theme-name-taken</c>, <c>theme-parent-unknown</c> or <c>theme-under-itself</c>.</exception>
    public void ChangeTheme(ThemeId id, ThemeText text, DateTimeOffset now)
    {
        var theme = FindUnmerged(id);
        CheckPlace(id, text);
        theme.Take(text);
        Raise(new ThemeChanged(ConsultationId, id, theme.Name, theme.Description, theme.ParentId, theme.Position, now));
    }

    /// <summary>What was coded with the one counts as coded with the other from now on; its sub-themes move there too.</summary>
    /// <exception cref="RuleBrokenException"><c>coding-complete</c>, <c>theme-merged</c>, <c>theme-not-offered</c> or <c>theme-under-itself</c>.</exception>
    public void MergeTheme(ThemeId id, ThemeId into, DateTimeOffset now)
    {
        MustBeCoding();
        var theme = FindUnmerged(id);
        MustOffer([into]);
        if (IsUnder(into, id))
        {
            throw new RuleBrokenException("theme-under-itself", $"“{theme.Name}” cannot be merged into itself or into a theme under it. Merge the other way round.");
        }

        theme.MergedInto = into;
        foreach (var other in themes)
        {
            if (other.MergedInto == id)
            {
                other.MergedInto = into;
            }

            if (other.ParentId == id)
            {
                other.ParentId = into;
            }
        }

        Draft = Draft?.Without(id);
        Raise(new ThemesMerged(ConsultationId, id, into, now));
    }

    /// <exception cref="RuleBrokenException"><c>coding-complete</c> or <c>theme-merged</c>.</exception>
    public void ArchiveTheme(ThemeId id, DateTimeOffset now)
    {
        MustBeCoding();
        var theme = FindUnmerged(id);
        if (theme.IsArchived)
        {
            return;
        }

        theme.IsArchived = true;
        Raise(new ThemeArchived(ConsultationId, id, now));
    }

    /// <param name="codedAnswers">Answers coded with it or with a theme that was merged into it.</param>
    /// <exception cref="RuleBrokenException"><c>coding-complete</c>, or <c>theme-in-use</c>: archive or merge it instead.</exception>
    public void DeleteTheme(ThemeId id, int codedAnswers, DateTimeOffset now)
    {
        MustBeCoding();
        var theme = Find(id);
        var uses = new List<string>();
        if (codedAnswers > 0)
        {
            uses.Add($"{codedAnswers} coded answer{(codedAnswers == 1 ? "" : "s")}");
        }

        if (themes.Exists(t => t.ParentId == id || t.MergedInto == id))
        {
            uses.Add("other themes that stand under it or were merged into it");
        }

        if (Draft?.Themes.Any(t => t.ThemeId == id) == true)
        {
            uses.Add("the draft of the outcome");
        }

        if (uses.Count > 0)
        {
            throw new RuleBrokenException(
                "theme-in-use", $"“{theme.Name}” is used by {string.Join(" and by ", uses)}, so it cannot be deleted. Archive it, or merge it into another theme.");
        }

        themes.Remove(theme);
        Raise(new ThemeDeleted(ConsultationId, id, theme.Name, now));
    }

    /// <summary>Declares that each free text has a theme or "none".</summary>
    /// <param name="texts">For each free-text question: how many answers there are, and how many have neither.</param>
    /// <exception cref="RuleBrokenException"><c>texts-not-coded</c>: says how many, and under which questions.</exception>
    public void CompleteCoding(IReadOnlyList<TextsToCode> texts, DateTimeOffset now)
    {
        if (CodingCompletedAt is not null)
        {
            return;
        }

        var uncoded = texts.Sum(t => t.Uncoded);
        if (uncoded > 0)
        {
            throw new RuleBrokenException(
                "texts-not-coded",
                $"{uncoded} free-text answer{(uncoded == 1 ? " has" : "s have")} neither a theme nor “none”. Code them, then declare the coding complete.",
                [.. texts.Where(t => t.Uncoded > 0).Select(t => new Breach("text-not-coded", $"{t.Uncoded} of {t.Texts} answers to {t.QuestionCode} are not coded.", Subject: t.QuestionCode))],
                new Dictionary<string, object>(StringComparer.Ordinal) { ["uncoded"] = uncoded });
        }

        CodingCompletedAt = now;
        Raise(new CodingCompleted(ConsultationId, themes.Count(t => t.MergedInto is null), texts.Sum(t => t.Texts), now));
    }

    /// <exception cref="RuleBrokenException"><c>coding-not-complete</c>.</exception>
    public void ReopenCoding(string reason, DateTimeOffset now)
    {
        if (CodingCompletedAt is null)
        {
            throw new RuleBrokenException("coding-not-complete", "The coding is open already: it has not been declared complete.");
        }

        CodingCompletedAt = null;
        Raise(new CodingReopened(ConsultationId, LateResponse: null, reason, now));
    }

    /// <summary>A late response counts now and its free text has not been coded: what was declared is no longer true.</summary>
    public void ReopenCodingFor(ResponseId lateResponse, DateTimeOffset now)
    {
        if (CodingCompletedAt is null)
        {
            return;
        }

        CodingCompletedAt = null;
        Raise(new CodingReopened(ConsultationId, lateResponse, "A late response was admitted and its free text has not been coded.", now));
    }

    /// <exception cref="RuleBrokenException"><c>coding-complete</c>.</exception>
    public void MustBeCoding()
    {
        if (CodingCompletedAt is { } completed)
        {
            throw new RuleBrokenException(
                "coding-complete", $"The coding was declared complete on {UkTime.Spell(UkTime.DateOf(completed))}. Reopen it, with a reason, before you change it.");
        }
    }

    /// <exception cref="RuleBrokenException"><c>theme-not-offered</c>: names each theme that is unknown, archived or merged.</exception>
    public void MustOffer(IEnumerable<ThemeId> ids)
    {
        var breaches = ids.Distinct().Where(id => themes.Find(t => t.Id == id) is not { IsOffered: true })
            .Select(id => themes.Find(t => t.Id == id) is { } theme
                ? new Breach("theme-not-offered", $"“{theme.Name}” has been {(theme.MergedInto is null ? "archived" : "merged into another theme")}.", Subject: theme.Name)
                : new Breach("theme-not-offered", "The coding frame has no such theme.", Subject: id.ToString()))
            .ToList();
        if (breaches.Count > 0)
        {
            throw new RuleBrokenException("theme-not-offered", "Use themes that the coding frame of this consultation offers.", breaches);
        }
    }

    /// <exception cref="NotFoundException">The coding frame has no such theme.</exception>
    public Theme Find(ThemeId id) => themes.Find(t => t.Id == id) ?? throw new NotFoundException("theme");

    private Theme FindUnmerged(ThemeId id)
    {
        var theme = Find(id);
        return theme.MergedInto is null
            ? theme
            : throw new RuleBrokenException("theme-merged", $"“{theme.Name}” has been merged into “{Find(theme.MergedInto.Value).Name}”. Change that one.");
    }

    private void CheckPlace(ThemeId id, ThemeText text)
    {
        if (themes.Exists(t => t.Id != id && t.MergedInto is null && string.Equals(t.Name, text.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
        {
            throw new RuleBrokenException("theme-name-taken", $"The coding frame has a theme named “{text.Name.Trim()}” already. Choose another name, or use that one.");
        }

        if (text.ParentId is not { } parent)
        {
            return;
        }

        if (themes.Find(t => t.Id == parent) is not { MergedInto: null })
        {
            throw new RuleBrokenException("theme-parent-unknown", "The theme it should stand under is not in the coding frame of this consultation.");
        }

        if (IsUnder(parent, id))
        {
            throw new RuleBrokenException("theme-under-itself", "A theme cannot stand under itself or under one of its own sub-themes.");
        }
    }

    /// <summary>True for the theme itself as well.</summary>
    private bool IsUnder(ThemeId id, ThemeId ancestor)
    {
        for (ThemeId? at = id; at is { } current; at = themes.Find(t => t.Id == current)?.ParentId)
        {
            if (current == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}

/// <param name="Texts">Free-text answers to the question.</param>
/// <param name="Uncoded">Those of them with neither a theme nor "none".</param>
internal sealed record TextsToCode(string QuestionCode, int Texts, int Uncoded);
