using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

/// <summary>
/// One free text after the other: the text on the left, the themes on the right. It is a plain form; with JavaScript the keyboard works
/// it too (<c>coding.js</c>), unless the officer turns the keys off.
/// </summary>
[Authorize("outcomes:write")]
public sealed class CodingModel(IMediator mediator, ICurrentActor current) : LoopPage(mediator)
{
    /// <summary>The value of the checkbox that says that none of the themes applies.</summary>
    public const string None = "none";

    public const int Keys = 10;

    private const string Uncoded = "uncoded";

    /// <summary>Which text: the response and the question; without them the next that nobody has coded.</summary>
    [FromQuery(Name = "Response")]
    public ResponseId? OfResponse { get; set; }

    [FromQuery]
    public string? Question { get; set; }

    [BindProperty]
    public int Version { get; set; }

    /// <summary>Ids of the themes that were ticked, or "none".</summary>
    [BindProperty]
    public List<string> Themes { get; set; } = [];

    /// <summary>Of the text that was saved last: how to have it as it was before, as <c>response|question|version|themes</c>.</summary>
    [BindProperty]
    public string? Undo { get; set; }

    public CodingDesk Desk { get; private set; } = null!;

    /// <summary>The themes that have a key, by the key.</summary>
    public IReadOnlyList<(string Key, DeskTheme Theme)> MostUsed { get; private set; } = [];

    /// <summary>Who coded the response last: "you" or a name; null where nobody has.</summary>
    public string? CodedBy { get; private set; }

    public IEnumerable<ThemeName> SavedThemes => (Desk.Text!.Themes ?? []).Select(t => new ThemeName(t, NameOf(t)));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Undo = TempData["Undo"] as string;
        if (Desk.Text is { } text)
        {
            Version = text.Version;
            Themes = text.Themes is null ? [] : text.Themes.Count == 0 ? [None] : [.. text.Themes.Select(t => t.ToString())];
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Desk.Text is not { } text)
        {
            return Redirect($"{Address}/coding");
        }

        if (Themes.Count == 0)
        {
            ModelState.AddModelError(nameof(Themes), "Select the themes that this answer raises, or “None of the themes”");
        }
        else if (Themes.Contains(None) && Themes.Count > 1)
        {
            ModelState.AddModelError(nameof(Themes), "Select either themes or “None of the themes”, not both");
        }

        var themes = Themes.Where(t => t != None).Select(t => ThemeId.TryParse(t, null, out var id) ? id : default).ToList();
        var sent = await this.SendOrShowErrors(
            Mediator, new CodeText(Id, text.At.ResponseId, text.At.QuestionCode, themes, Version), cancellationToken, _ => nameof(Themes));
        if (!sent.Succeeded)
        {
            Version = GoOnWith(nameof(Version), Version, text.Version);
            return Page();
        }

        TempData["Undo"] = $"{text.At.ResponseId}|{text.At.QuestionCode}|{sent.Value}|{(text.Themes is null ? Uncoded : string.Join(',', text.Themes))}";
        return Redirect(text.NextUncoded is { } next ? AddressOf(next) : $"{Address}/coding");
    }

    /// <summary>The text that was saved last becomes what it was, and is shown again.</summary>
    public async Task<IActionResult> OnPostUndoAsync(CancellationToken cancellationToken)
    {
        if (Undo?.Split('|') is not [var response, var question, var version, var themes]
            || !ResponseId.TryParse(response, null, out var id) || !int.TryParse(version, System.Globalization.CultureInfo.InvariantCulture, out var expected))
        {
            return Redirect($"{Address}/coding");
        }

        var before = themes == Uncoded ? null : themes.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => ThemeId.Parse(t, null)).ToList();
        var sent = await this.SendOrShowErrors(Mediator, new CodeText(Id, id, question, before, expected), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The last answer is coded again as it was before.");
            return Redirect(AddressOf(new TextToCode(id, question)));
        }

        Undo = null;
        ModelState.Remove(nameof(Undo));
        await Load(cancellationToken);
        Version = Desk.Text?.Version ?? 0;
        return Page();
    }

    public string AddressOf(TextToCode text) => $"{Address}/coding?Response={text.ResponseId}&Question={Uri.EscapeDataString(text.QuestionCode)}";

    public string NameOf(ThemeId id) => Desk.Themes.FirstOrDefault(t => t.Id == id)?.Name ?? "A theme that is no longer there";

    /// <summary>The key of a theme; null where it has none.</summary>
    public string? KeyOf(DeskTheme theme) => MostUsed.Where(m => m.Theme.Id == theme.Id).Select(m => m.Key).FirstOrDefault();

    /// <summary>Offered, or given already.</summary>
    public IEnumerable<DeskTheme> Choices => Desk.Themes.Where(t => t.IsOffered || Themes.Contains(t.Id.ToString()));

    private async Task Load(CancellationToken cancellationToken)
    {
        Desk = await Mediator.Send(new ShowTextToCode(Id, OfResponse is { } response && Question is { } question ? new TextToCode(response, question) : null), cancellationToken);
        MostUsed = KeysOf(Desk.Themes);
        if (Desk.Text?.LastCoded?.Actor is { } actor)
        {
            CodedBy = actor == current.Actor.ToString() ? "you" : (await ActorNames.FindAsync(Mediator, [actor], cancellationToken)).Of(actor);
        }
    }

    /// <summary>The ten most used themes get the keys 1 to 9 and 0, in the order in which they stand on the page.</summary>
    public static IReadOnlyList<(string Key, DeskTheme Theme)> KeysOf(IReadOnlyList<DeskTheme> themes)
    {
        var chosen = themes.Where(t => t.IsOffered).OrderByDescending(t => t.Uses).Take(Keys).Select(t => t.Id).ToHashSet();
        return [.. themes.Where(t => chosen.Contains(t.Id)).Select((t, i) => (((i + 1) % Keys).ToString(System.Globalization.CultureInfo.InvariantCulture), t))];
    }
}
