using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>One question: a new one of the chosen kind, or one that is there.</summary>
[Authorize("participation:write")]
public sealed class QuestionModel(IMediator mediator, TimeProvider clock) : BuilderPage(mediator, clock)
{
    private const string Prefix = nameof(Form) + ".";

    /// <summary>Of a question that is there.</summary>
    [FromQuery(Name = "code")]
    public string? Code { get; set; }

    /// <summary>Of a new one.</summary>
    [FromQuery(Name = "type")]
    public QuestionType? NewType { get; set; }

    [FromQuery(Name = "part")]
    public int? NewPart { get; set; }

    /// <summary>Of the page that comes with a new question.</summary>
    [FromQuery(Name = "title")]
    public string? NewTitle { get; set; }

    [BindProperty]
    public QuestionForm Form { get; set; } = new();

    public Question? Existing { get; private set; }

    public QuestionType Type => Existing?.Type ?? NewType ?? QuestionType.ShortText;

    public string Heading => Existing is null ? $"Add a question: {QuestionnaireWords.NameOf(Type).ToLowerInvariant()}" : "Edit a question";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Find())
        {
            return NotFound();
        }

        if (!CanBeEdited)
        {
            return BackTo();
        }

        Form = Existing is null
            ? new QuestionForm { Code = Asked.NextCode(), Part = NewPart ?? Asked.Pages.Count + 1 }
            : QuestionForm.Of(Existing, Asked.PlaceOf(Code)!.Value.Page + 1);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Find())
        {
            // Somebody has taken it away since the page was opened.
            return Code is null ? NotFound() : BackTo();
        }

        var question = Form.Read(Type, Existing, Asked.NextCode(), ModelState, Prefix);
        var content = Existing is null
            ? Asked.Append(Form.Part - 1, NewTitle?.Trim() ?? "", question)
            : Asked.Replace(Code!, question, Form.ChangedCodes()).MoveToPage(question.Code, Form.Part - 1);
        edited = question.Code;
        return await Save(content, $"The question “{question.Text}” is saved", cancellationToken) ? BackTo($"question-{question.Code}") : Page();
    }

    /// <summary>Puts an option one place higher in the form; nothing is saved yet.</summary>
    public async Task<IActionResult> OnPostHigherAsync(int option, CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (!Find())
        {
            return NotFound();
        }

        if (option > 0 && option < Form.Options.Count)
        {
            (Form.Options[option - 1], Form.Options[option]) = (Form.Options[option], Form.Options[option - 1]);
        }

        // What was sent would win over the new order.
        var version = Version;
        ModelState.Clear();
        Version = version;
        return Page();
    }

    private string edited = "";

    protected override string? FieldOf(QuestionnaireContent content, string path)
    {
        if (content.PlaceOf(edited) is not var (page, question))
        {
            return null;
        }

        var place = $"pages[{page}].questions[{question}].";
        return path.StartsWith(place, StringComparison.Ordinal) && Form.FieldOf(path[place.Length..]) is { } field ? Prefix + field : null;
    }

    private bool Find()
    {
        Existing = Code is null ? null : Asked.Find(Code);
        return Code is null ? NewType is not null && NewPart is null or >= 1 : Existing is not null;
    }
}
