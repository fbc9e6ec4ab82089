using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>One fact beside a question or on a page.</summary>
[Authorize("participation:write")]
public sealed class FactModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [FromQuery(Name = "question")]
    public string? QuestionCode { get; set; }

    [FromQuery(Name = "part")]
    public int? Part { get; set; }

    /// <summary>Of a fact that is there, from 1.</summary>
    [FromQuery(Name = "number")]
    public int? Number { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public List<string> Documents { get; set; } = [];

    /// <summary>Those of the consultation, and those named that are no longer there.</summary>
    public IEnumerable<SelectListItem> DocumentItems => Consultation.Documents.Select(d => new SelectListItem(d.Name, d.Name))
        .Concat(Documents.Except(Consultation.Documents.Select(d => d.Name), StringComparer.Ordinal).Select(n => new SelectListItem($"{n} (no longer there)", n)));

    public string Owner => QuestionCode is null ? $"Page {Part}: {Asked.Pages[Part!.Value - 1].Title}" : Asked.Find(QuestionCode)!.Text;

    public string Back => QuestionCode is null ? $"{Root}/page?part={Part}" : $"{Root}/question?code={QuestionCode}";

    private IReadOnlyList<Fact> Facts => (QuestionCode is null ? Asked.Pages[Part!.Value - 1].Facts : Asked.Find(QuestionCode)!.Facts) ?? [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere())
        {
            return NotFound();
        }

        if (Number is { } number)
        {
            var fact = Facts[number - 1];
            (Title, Text, Documents) = (fact.Title, fact.Text, [.. fact.Documents ?? []]);
        }

        return CanBeEdited ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere())
        {
            return BackTo();
        }

        var fact = new Fact(QuestionForm.Plain(Title) ?? "", QuestionForm.Plain(Text), Documents.Count == 0 ? null : Documents);
        IReadOnlyList<Fact> facts = Number is { } number ? [.. Facts.Select((f, i) => i == number - 1 ? fact : f)] : [.. Facts, fact];
        return await Save(With(facts), $"The fact “{fact.Title}” is saved", cancellationToken) ? Redirect(Back) : Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere() || Number is not { } number)
        {
            return BackTo();
        }

        var left = Facts.Where((_, i) => i != number - 1).ToList();
        return await Save(With(left.Count == 0 ? null : left), "The fact is taken out", cancellationToken) ? Redirect(Back) : Page();
    }

    protected override string? FieldOf(QuestionnaireContent content, string path)
    {
        var place = content.PlaceOf(QuestionCode);
        var owner = QuestionCode is null ? $"pages[{Part - 1}]" : $"pages[{place?.Page}].questions[{place?.Question}]";
        var start = $"{owner}.facts[{(Number ?? Facts.Count + 1) - 1}].";
        return !path.StartsWith(start, StringComparison.Ordinal) ? null : path[start.Length..] switch
        {
            "title" => nameof(Title),
            "text" => nameof(Text),
            _ => nameof(Documents),
        };
    }

    private QuestionnaireContent With(IReadOnlyList<Fact>? facts) => QuestionCode is null
        ? Asked.WithPage(Part!.Value - 1, Asked.Pages[Part.Value - 1] with { Facts = facts })
        : Asked.Replace(QuestionCode, Asked.Find(QuestionCode)! with { Facts = facts });

    private bool IsThere() => new ConditionPlace(QuestionCode, Part, null).IsIn(Asked) && Number is null or >= 1 && (Number is null || Number <= Facts.Count);
}
