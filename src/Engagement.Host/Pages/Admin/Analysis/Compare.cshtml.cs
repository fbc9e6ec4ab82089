using Engagement.ClosingTheLoop.Application.Analysis;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Analysis;

[Authorize("outcomes:read")]
public sealed class CompareModel(IMediator mediator) : LoopPage(mediator)
{
    /// <summary>The question whose answers are the rows.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Rows { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Columns { get; set; }

    public ComparableQuestions Questions { get; private set; } = null!;

    /// <summary>Null until two questions are chosen.</summary>
    public CrossTable? Table { get; private set; }

    public IEnumerable<SelectListItem> Items => Questions.Questions.Select(q => new SelectListItem(q.Text, q.Code));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Questions = await Mediator.Send(new ListComparableQuestions(Id), cancellationToken);
        if (Request.Query.ContainsKey(nameof(Rows)) || Request.Query.ContainsKey(nameof(Columns)))
        {
            Table = (await this.SendOrShowErrors(Mediator, new ShowCrossTable(Id, Rows, Columns), cancellationToken)).Value;
        }
    }

    /// <summary>As it is everywhere that officers read shares; null where the base is too small.</summary>
    public static string? Share(CrossCell cell, CrossRow row) => cell.Count is { } count ? ResultCharts.Share(count, row.Total) : null;
}
