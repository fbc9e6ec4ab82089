using System.Globalization;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>First what kind of question and where; then the form for that kind.</summary>
[Authorize("participation:write")]
public sealed class AddModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [BindProperty]
    public QuestionType? Type { get; set; }

    /// <summary>The page's number from 1; one more than there are pages makes a new one.</summary>
    [BindProperty]
    public int Part { get; set; }

    [BindProperty]
    public string? Title { get; set; }

    public int NewPart => Asked.Pages.Count + 1;

    public async Task<IActionResult> OnGetAsync(int? part, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Part = Math.Clamp(part ?? Asked.Pages.Count, 1, NewPart);
        return CanBeEdited ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Type is null)
        {
            ModelState.AddModelError(nameof(Type), "Choose what kind of question it is.");
        }

        if (Part < 1 || Part > NewPart)
        {
            ModelState.AddModelError(nameof(Part), "Choose a page.");
        }
        else if (Part == NewPart && string.IsNullOrWhiteSpace(Title))
        {
            ModelState.AddModelError(nameof(Title), "Enter the new page's title.");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["type"] = Type.ToString(),
            ["part"] = Part.ToString(CultureInfo.InvariantCulture),
            ["title"] = Part == NewPart ? Title!.Trim() : null,
        };
        return Redirect(QueryHelpers.AddQueryString($"{Root}/question", query));
    }
}
