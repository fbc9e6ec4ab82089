using Engagement.ClosingTheLoop.Application;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:read")]
public sealed class QuotationsModel(IMediator mediator, ICurrentActor current) : LoopPage(mediator)
{
    private const int PageSize = 50;

    [FromQuery]
    public string? Cursor { get; set; }

    /// <summary>Which quotation is cleared.</summary>
    [BindProperty]
    public ResponseId ResponseId { get; set; }

    [BindProperty]
    public string? Question { get; set; }

    [BindProperty]
    public int Version { get; set; }

    public LoopSummary Loop { get; private set; } = null!;

    public Page<QuotationRow> Quotations { get; private set; } = null!;

    public Task OnGetAsync(CancellationToken cancellationToken) => Load(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, new ClearQuotation(Id, ResponseId, Question ?? "", Version), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The quotation is cleared. It can be shown with a theme of the outcome.");
            return Redirect($"{Address}/quotations{(Cursor is null ? "" : $"?Cursor={Uri.EscapeDataString(Cursor)}")}");
        }

        await Load(cancellationToken);
        ModelState.Remove(nameof(Version));
        return Page();
    }

    public bool ChosenByOneself(QuotationRow quotation) => quotation.Authors.Contains(current.Actor.ToString(), StringComparer.Ordinal);

    public static (string Words, string Colour) StatusOf(QuotationRow quotation) => quotation.Status switch
    {
        QuotationStatus.Candidate => ("Waiting for clearance", "yellow"),
        QuotationStatus.Cleared => ("Cleared", "green"),
        _ => ("Withdrawn", "grey"),
    };

    public string Parameters(QuotationRow quotation) => $"Response={quotation.ResponseId}&Question={Uri.EscapeDataString(quotation.QuestionCode)}";

    private async Task Load(CancellationToken cancellationToken)
    {
        Loop = await Mediator.Send(new ShowLoop(Id), cancellationToken);
        if (!Loop.HasClosed)
        {
            throw new NotFoundException(ShowLoop.WhatIsMissing);
        }

        Quotations = await Mediator.Send(new ListQuotations(Id, Cursor, PageSize), cancellationToken);
    }
}
