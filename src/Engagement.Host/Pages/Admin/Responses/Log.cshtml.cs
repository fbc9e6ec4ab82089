using Engagement.ClosingTheLoop.Application;
using Engagement.Host.Pages.Admin.Analysis;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Responses;

/// <summary>Logs a response that came on paper, by e-mail, by telephone or at an event, with the questions as the public has them.</summary>
[Authorize("participation:write")]
public sealed class LogModel(IMediator mediator) : LoopPage(mediator)
{
    public static readonly IReadOnlyList<ResponseChannel> Channels = [ResponseChannel.Paper, ResponseChannel.Email, ResponseChannel.Telephone, ResponseChannel.Event];

    [BindProperty]
    public ResponseChannel? Channel { get; set; }

    [BindProperty]
    public DateInput ReceivedOn { get; set; } = new();

    [BindProperty]
    public string? OnBehalfOf { get; set; }

    [BindProperty]
    public bool ConsentToPublish { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    public LoopSummary Loop { get; private set; } = null!;

    /// <summary>Null where nothing has been asked yet.</summary>
    public QuestionnaireContent? Questionnaire { get; private set; }

    public LoggedAnswers Answers { get; private set; } = new(form: null);

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (Questionnaire is null)
        {
            return Page();
        }

        Answers = new LoggedAnswers(Request.Form);
        if (Channel is null)
        {
            ModelState.AddModelError(nameof(Channel), "Select how it came");
        }

        var receivedOn = ReceivedOn.Read(ModelState, nameof(ReceivedOn), "The day on which it was received", required: true);
        var sent = await this.SendOrShowErrors(
            Mediator,
            new LogResponse(Id, Channel ?? default, receivedOn, null, Answers.Read(Questionnaire.Questions), ConsentToPublish, Typed(OnBehalfOf), null, Typed(Email), Typed(Evidence)),
            cancellationToken,
            FieldOf);
        if (sent.Value is not { } logged)
        {
            return Page();
        }

        this.Done($"Response {logged.Reference} is logged. Write the reference on the paper.{(logged.Standing == "late" ? " It is late: a colleague rules whether it counts." : "")}");
        return Redirect($"{Address}/responses/{logged.Id}");
    }

    private static string? FieldOf(string member) => member switch
    {
        "evidence-required" => nameof(Evidence),
        _ when member.StartsWith("answers.", StringComparison.Ordinal) => LoggedAnswers.NameOf(member["answers.".Length..]),
        nameof(Channel) or nameof(ReceivedOn) or nameof(OnBehalfOf) or nameof(Email) or nameof(Evidence) => member,
        _ => null,
    };

    private async Task Load(CancellationToken cancellationToken)
    {
        Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);
        Questionnaire = Loop.QuestionnaireVersion is { } version ? (await Mediator.Send(new ShowQuestionnaire(Id, version), cancellationToken)).Content : null;
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
