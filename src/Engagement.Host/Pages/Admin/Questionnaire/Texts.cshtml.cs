using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>What stands before the first question.</summary>
[Authorize("participation:write")]
public sealed class TextsModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    [BindProperty]
    public string? Introduction { get; set; }

    [BindProperty]
    public string? PrivacyNotice { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        (Introduction, PrivacyNotice) = (Asked.Introduction, Asked.PrivacyNotice);
        return CanBeEdited && Saved is not null ? Page() : BackTo();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var content = Asked with { Introduction = QuestionForm.Plain(Introduction), PrivacyNotice = QuestionForm.Plain(PrivacyNotice) };
        return await Save(content, "What stands before the first question is saved", cancellationToken) ? BackTo() : Page();
    }

    protected override string? FieldOf(QuestionnaireContent content, string path) => path switch
    {
        "introduction" => nameof(Introduction),
        "privacyNotice" => nameof(PrivacyNotice),
        _ => null,
    };
}
