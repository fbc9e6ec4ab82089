using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>The answer to one theme, with what people said about it beside.</summary>
[Authorize("outcomes:write")]
public sealed class ThemeAnswerModel(IMediator mediator) : OutcomePage(mediator)
{
    private const int MostQuotations = 200;

    [FromRoute]
    public ThemeId ThemeId { get; set; }

    /// <summary>Names the answer that was read.</summary>
    [BindProperty]
    public string Tag { get; set; } = "";

    [BindProperty]
    public string? Asked { get; set; }

    [BindProperty]
    public string? Said { get; set; }

    [BindProperty]
    public Disposition? Disposition { get; set; }

    [BindProperty]
    public string? Did { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public List<QuotationId> Quotations { get; set; } = [];

    public ThemeToAnswer Theme { get; private set; } = null!;

    /// <summary>Cleared ones, and those that stand in the answer already.</summary>
    public IReadOnlyList<QuotationRow> Choices { get; private set; } = [];

    public IEnumerable<Breach> Gaps => Outcome.StandsInTheWay.Where(b => b.Subject == Theme.Name);

    public ThemeToAnswer? NextTheme => Outcome.Themes.SkipWhile(t => t.Id != ThemeId).Skip(1).FirstOrDefault();

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadTheme(cancellationToken);
        Tag = Theme.Tag;
        if (Theme.Answer is { } answer)
        {
            (Asked, Said, Disposition, Did, Reason, Quotations) = (answer.Asked, answer.Said, answer.Disposition, answer.Did, answer.Reason, [.. answer.Quotations ?? []]);
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var answer = new ThemeAnswer(ThemeId, Text(Asked), Text(Said), Disposition, Text(Did), Text(Reason), Quotations);
        var sent = await this.SendOrShowErrors(Mediator, new AnswerTheme(Id, answer, Tag), cancellationToken);
        if (sent.Succeeded)
        {
            this.Done("The answer is saved.");
            return Redirect($"{Address}/outcome/themes/{ThemeId}");
        }

        await LoadTheme(cancellationToken);
        Tag = GoOnWith(nameof(Tag), Tag, Theme.Tag);
        return Page();
    }

    private async Task LoadTheme(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Theme = Outcome.Themes.FirstOrDefault(t => t.Id == ThemeId) ?? throw new NotFoundException("theme");
        var all = await Mediator.Send(new ListQuotations(Id, null, MostQuotations), cancellationToken);
        var chosen = Theme.Answer?.Quotations ?? [];
        Choices = [.. all.Items.Where(q => chosen.Contains(q.Id) || q is { Status: QuotationStatus.Cleared, ConsentToPublish: true })];
    }
}
