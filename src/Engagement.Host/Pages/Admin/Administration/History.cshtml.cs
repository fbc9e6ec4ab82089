using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration;

[Authorize("administration:read")]
public sealed class HistoryModel(IMediator mediator, IEnumerable<ModuleSchema> schemas) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Aggregate { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Who { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? What { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Module { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateInput From { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public DateInput To { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public Page<FoundEntry> Found { get; private set; } = new([], null);

    public IReadOnlyList<string> Modules { get; } = [.. schemas.Select(s => s.Name)];

    public bool IsFiltered => !string.IsNullOrWhiteSpace(Aggregate) || !string.IsNullOrWhiteSpace(Who) || !string.IsNullOrWhiteSpace(What) || !string.IsNullOrWhiteSpace(Module) || !From.IsEmpty || !To.IsEmpty;

    public async Task OnGet(CancellationToken cancellationToken)
    {
        var from = From.Read(ModelState, nameof(From), "The first day");
        var to = To.Read(ModelState, nameof(To), "The last day");
        Guid? aggregate = null;
        if (!string.IsNullOrWhiteSpace(Aggregate))
        {
            if (Guid.TryParseExact(Aggregate.Trim(), "D", out var id))
            {
                aggregate = id;
            }
            else
            {
                ModelState.AddModelError(nameof(Aggregate), "Enter the number of one thing as the history shows it, such as 019aaf0e-5a4c-7f00-8000-000000000000");
            }
        }

        var sent = await this.SendOrShowErrors(
            mediator, new SearchHistory(aggregate, Text(Who), Text(What), Text(Module), from, to, Text(Cursor)), cancellationToken);
        Found = sent.Value ?? Found;
    }

    public async Task<IActionResult> OnPostVerifyAsync(CancellationToken cancellationToken)
    {
        var only = Guid.TryParseExact(Aggregate?.Trim(), "D", out var id) ? id : (Guid?)null;
        var asked = await this.SendOrShowErrors(mediator, new VerifyHistory(only), cancellationToken);
        if (asked.Succeeded)
        {
            return Redirect($"/admin/work/{asked.Value}");
        }

        return Page();
    }

    public string With(string? cursor = null, string? aggregate = null, string? who = null)
    {
        (string Name, string? Value)[] query =
        [
            ("aggregate", aggregate ?? Aggregate), ("who", who ?? Who), ("what", What), ("module", Module),
            ("From.Day", From.Day), ("From.Month", From.Month), ("From.Year", From.Year), ("To.Day", To.Day), ("To.Month", To.Month), ("To.Year", To.Year), ("cursor", cursor),
        ];
        return "/admin/administration/history?" + string.Join('&', query.Where(q => !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}"));
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
