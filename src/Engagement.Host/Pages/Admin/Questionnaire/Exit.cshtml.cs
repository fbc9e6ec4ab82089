using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>Where the form ends early: a new exit begins with the question that decides about it.</summary>
[Authorize("participation:write")]
public sealed class ExitModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [FromQuery(Name = "part")]
    public int Part { get; set; }

    /// <summary>Of an exit that is there, from 1.</summary>
    [FromQuery(Name = "number")]
    public int? Number { get; set; }

    /// <summary>The question that decides about a new one.</summary>
    [FromQuery(Name = "on")]
    public string? On { get; set; }

    [BindProperty]
    public TermForm Term { get; set; } = new();

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? NextStep { get; set; }

    [BindProperty]
    public string? LinkText { get; set; }

    [BindProperty]
    public string? LinkAddress { get; set; }

    /// <summary>The questions up to the end of this page.</summary>
    public IReadOnlyList<Question> Earlier => [.. Asked.Pages.Take(Part).SelectMany(p => p.Questions)];

    public Question? Chosen => Earlier.FirstOrDefault(q => q.Code == On);

    public ExitPage? Existing => Number is { } number ? Exits[number - 1] : null;

    public string Back => $"{Root}/page?part={Part}";

    private IReadOnlyList<ExitPage> Exits => Asked.Pages[Part - 1].Exits ?? [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere())
        {
            return NotFound();
        }

        if (Existing is { } exit)
        {
            (Title, Text, NextStep, LinkText, LinkAddress) = (exit.Title, exit.Text, exit.NextStep, exit.Link?.Text, exit.Link?.Address);
        }

        return CanBeEdited ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere() || (Number is null && Chosen is null))
        {
            return BackTo();
        }

        var term = Number is null ? Term.Read(Chosen!, ModelState, nameof(Term) + ".") : null;
        var when = Existing?.When ?? new DisplayCondition(term is null ? [] : [term]);
        var link = QuestionForm.Plain(LinkText) is null && QuestionForm.Plain(LinkAddress) is null
            ? null
            : new ExitLink(QuestionForm.Plain(LinkText) ?? "", QuestionForm.Plain(LinkAddress) ?? "");
        var exit = new ExitPage(QuestionForm.Plain(Title) ?? "", when, QuestionForm.Plain(Text) ?? "", QuestionForm.Plain(NextStep) ?? "", link);
        IReadOnlyList<ExitPage> exits = Number is { } number ? [.. Exits.Select((e, i) => i == number - 1 ? exit : e)] : [.. Exits, exit];
        return await Save(With(exits), $"The exit “{exit.Title}” is saved", cancellationToken) ? Redirect(Back) : Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere() || Number is not { } number)
        {
            return BackTo();
        }

        var left = Exits.Where((_, i) => i != number - 1).ToList();
        return await Save(With(left.Count == 0 ? null : left), "The exit is taken out", cancellationToken) ? Redirect(Back) : Page();
    }

    protected override string? FieldOf(QuestionnaireContent content, string path)
    {
        var start = $"pages[{Part - 1}].exits[{(Number ?? Exits.Count + 1) - 1}].";
        return !path.StartsWith(start, StringComparison.Ordinal) ? null : path[start.Length..] switch
        {
            "title" => nameof(Title),
            "text" => nameof(Text),
            "nextStep" => nameof(NextStep),
            "link.text" => nameof(LinkText),
            "link.address" => nameof(LinkAddress),
            _ => null,
        };
    }

    private QuestionnaireContent With(IReadOnlyList<ExitPage>? exits) => Asked.WithPage(Part - 1, Asked.Pages[Part - 1] with { Exits = exits });

    private bool IsThere() => Part >= 1 && Part <= Asked.Pages.Count && (Number is null || (Number >= 1 && Number <= Exits.Count));
}
