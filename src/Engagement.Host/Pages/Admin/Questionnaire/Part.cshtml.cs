using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>One page of the questionnaire: its title and introduction, its routing, facts and exits.</summary>
[Authorize("participation:write")]
public sealed class PartModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [FromQuery(Name = "part")]
    public int Part { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Introduction { get; set; }

    public QuestionnairePage Edited => Asked.Pages[Part - 1];

    private bool IsThere => Part >= 1 && Part <= Asked.Pages.Count;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere)
        {
            return NotFound();
        }

        (Title, Introduction) = (Edited.Title, Edited.Introduction);
        return CanBeEdited ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!IsThere)
        {
            return BackTo();
        }

        var page = Edited with { Title = QuestionForm.Plain(Title) ?? "", Introduction = QuestionForm.Plain(Introduction) };
        return await Save(Asked.WithPage(Part - 1, page), $"Page {Part} is saved", cancellationToken) ? BackTo($"page-{Part}") : Page();
    }

    protected override string? FieldOf(QuestionnaireContent content, string path) =>
        path == $"pages[{Part - 1}].title" ? nameof(Title)
        : path == $"pages[{Part - 1}].introduction" ? nameof(Introduction)
        : null;
}
