using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:write")]
public sealed class ProposeQuotationModel(IMediator mediator) : LoopPage(mediator)
{
    [FromQuery(Name = "Response")]
    public ResponseId OfResponse { get; set; }

    [FromQuery]
    public string? Question { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    public ReadableResponse Reading { get; private set; } = null!;

    public ReadableAnswer Answer { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Version = Answer.Quotation?.Version ?? 0;
        Text = Answer.Quotation is { Text.Length: > 0 } quotation ? quotation.Text : Answer.Values[0];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // A browser sends line breaks in its own way; the answer has them as they were stored.
        var sent = await this.SendOrShowErrors(
            Mediator, new ProposeQuotation(Id, OfResponse, Question ?? "", (Text ?? "").ReplaceLineEndings("\n").Trim(), Version), cancellationToken, _ => nameof(Text));
        if (sent.Succeeded)
        {
            this.Done("The words are proposed. A colleague can clear them now.");
            return Redirect($"{Address}/quotations");
        }

        await Load(cancellationToken);
        Version = GoOnWith(nameof(Version), Version, Answer.Quotation?.Version ?? 0);
        return Page();
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        Reading = await Mediator.Send(new ReadResponse(Id, OfResponse, ResponseFilter.None), cancellationToken);
        Answer = Reading.Answers.FirstOrDefault(a => a.QuestionCode == Question && a.IsFreeText && a.Values.Count > 0) ?? throw new NotFoundException("free text");
    }
}
