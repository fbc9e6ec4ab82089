using Engagement.Host.Pages.Public.Respond;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>The newest version as the public will see it, page by page. Nothing is sent or kept, and routing is said in words instead of followed.</summary>
[Authorize("participation:read")]
public sealed class PreviewModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    /// <summary>The page's number from 1; 0 for what stands before the first.</summary>
    [FromQuery(Name = "part")]
    public int Part { get; set; }

    public QuestionnairePage Shown => Asked.Pages[Part - 1];

    public FactDocuments Documents => new(Consultation.Slug, Consultation.Documents);

    /// <summary>A page with one question and nothing else has the question as its heading, as in the form itself.</summary>
    public bool QuestionIsHeading => Shown is { Questions.Count: 1, Facts: null, Introduction: null } && Shown.Questions[0] is { Facts: null, ShowWhen: null };

    public string Here => $"{Root}/preview";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Saved is null ? BackTo() : Part < 0 || Part > Asked.Pages.Count ? NotFound() : Page();
    }
}
