using Engagement.Consultations.Application;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Regimes;

/// <summary>What each body of law and practice demands, to look through.</summary>
[Authorize("consultations:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<string> Groups { get; private set; } = [];

    public NumberedPage<RegimeView> Found { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var all = await mediator.Send(new ListRegimes(), cancellationToken);
        Groups = RegimeSearch.Groups(all);
        Found = RegimeSearch.Find(all, Words, Group, Number);
    }

    public string PageAddress(int number) =>
        $"/admin/regimes?words={Uri.EscapeDataString(Words ?? "")}&group={Uri.EscapeDataString(Group ?? "")}&number={number.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
