using System.Globalization;
using System.Security.Claims;
using Engagement.Access.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Domain;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>The register: filters, order and page stand in the address, so that it can be sent to a colleague.</summary>
[Authorize("engagements:read")]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    private static readonly Dictionary<string, (EngagementOrder Order, string Words)> Orders = new(StringComparer.Ordinal)
    {
        ["title"] = (EngagementOrder.Title, "title"),
        ["state"] = (EngagementOrder.State, "state"),
        ["department"] = (EngagementOrder.Department, "department"),
        ["lead"] = (EngagementOrder.LeadOfficer, "lead officer"),
        ["opens"] = (EngagementOrder.OpensOn, "planned opening"),
        ["reference"] = (EngagementOrder.Reference, "reference"),
    };

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Mine { get; set; }

    [BindProperty(SupportsGet = true)]
    public List<EngagementState> State { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Department { get; set; }

    [BindProperty(SupportsGet = true)]
    public TeamId? Team { get; set; }

    [BindProperty(SupportsGet = true)]
    public ParticipationLevel? Level { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool? Statutory { get; set; }

    /// <summary>A column, with a hyphen before it for the other way round; null shows the newest first.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    /// <summary>From the query alone: the route has a value of this name too, the page's own.</summary>
    [BindProperty(SupportsGet = true), FromQuery(Name = "page")]
    public int Number { get; set; } = 1;

    public EngagementsFound Found { get; private set; } = new([], 0, 1, []);

    /// <summary>Filters that are on, each with the address of the list without it.</summary>
    public IReadOnlyList<(string Category, string Text, string Without)> Chosen { get; private set; } = [];

    public bool MayWrite => User.HasClaim("scope", "engagements:write") || User.HasClaim(OfficerClaims.ScopeSomewhere, "engagements:write");

    public string SortShown => Sort is { } sort && Orders.ContainsKey(sort.TrimStart('-')) ? sort : "-reference";

    public string SortedBy => $"{Orders[SortShown.TrimStart('-')].Words}, {(SortShown.StartsWith('-') ? "descending" : "ascending")}";

    public string Count => Found.Total switch
    {
        0 => "No engagements",
        1 => "1 engagement",
        var total when Found.Pages > 1 => string.Create(CultureInfo.InvariantCulture, $"{total:N0} engagements, page {Found.Number} of {Found.Pages}"),
        var total => string.Create(CultureInfo.InvariantCulture, $"{total:N0} engagements"),
    };

    public IEnumerable<SelectListItem> Departments => Found.Departments.Select(d => new SelectListItem(d, d));

    /// <summary>Those that are open.</summary>
    public IReadOnlyList<TeamFacts> Teams { get; private set; } = [];

    public IEnumerable<SelectListItem> TeamChoices => Teams.Select(t => new SelectListItem(t.Name, t.Id.ToString()));

    public string AddressNewestFirst => Without("sort");

    public IEnumerable<SelectListItem> YesOrNo => [new SelectListItem("Yes", "True"), new SelectListItem("No", "False")];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        // An address that somebody has changed by hand shows the list without what cannot be read of it.
        ModelState.Clear();
        State = [.. State.Where(Enum.IsDefined).Distinct()];
        Level = Level is { } level && Enum.IsDefined(level) ? level : null;
        var (order, _) = Orders[SortShown.TrimStart('-')];
        var search = new SearchEngagements(
            Words, State, Department, Level, Statutory, Mine ? await MyAddress(cancellationToken) : null, order, SortShown.StartsWith('-'), Number, Team);
        Teams = await mediator.Send(new FindTeams(null), cancellationToken);
        var sent = await this.SendOrShowErrors(mediator, search, cancellationToken);
        Found = sent.Value ?? await mediator.Send(new SearchEngagements(), cancellationToken);
        Chosen = [.. ChosenFilters()];
    }

    public string AddressOfPage(int number) =>
        AddressWith([.. Request.Query.Where(q => !Is(q.Key, "page")).SelectMany(q => q.Value.Select(v => (q.Key, Value: v ?? ""))), ("page", number.ToString(CultureInfo.InvariantCulture))]);

    private async Task<string?> MyAddress(CancellationToken cancellationToken)
    {
        var me = OfficerId.From(Guid.Parse(User.FindFirstValue("sub")!));
        return (await mediator.Send(new FindOfficers([me]), cancellationToken))[me].Email;
    }

    private IEnumerable<(string Category, string Text, string Without)> ChosenFilters()
    {
        if (!string.IsNullOrWhiteSpace(Words))
        {
            yield return ("Search", Words, Without("Words"));
        }

        if (Mine)
        {
            yield return ("Lead officer", "Me", Without("Mine"));
        }

        foreach (var state in State)
        {
            yield return ("State", PlanWords.Of(state), Without("State", state.ToString()));
        }

        if (Department is { } department)
        {
            yield return ("Department", department, Without("Department"));
        }

        if (Team is { } team)
        {
            yield return ("Team", Teams.FirstOrDefault(t => t.Id == team)?.Name ?? "A team that is closed", Without("Team"));
        }

        if (Level is { } level)
        {
            yield return ("Level of participation", PlanWords.Of(level), Without("Level"));
        }

        if (Statutory is { } statutory)
        {
            yield return ("Required by law", statutory ? "Yes" : "No", Without("Statutory"));
        }
    }

    private string Without(string name, string? value = null) => AddressWith(
        [.. Request.Query.Where(q => !Is(q.Key, "page")).SelectMany(q => q.Value.Select(v => (q.Key, Value: v ?? "")))
            .Where(q => !(Is(q.Key, name) && (value is null || Is(q.Value, value))))]);

    private static string AddressWith(IReadOnlyList<(string Key, string Value)> query) =>
        "/admin/engagements" + QueryString.Create(query.Where(q => q.Value.Length > 0).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value)));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
