using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>Have your say: everything that is open, to come or closed, searched and narrowed down by the address alone.</summary>
[AllowAnonymous]
[OutputCache(PolicyName = WebRegistration.SameForEverybody)]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public FilterQuery Query { get; private set; } = null!;

    public PublicActivitiesFound Found { get; private set; } = null!;

    public DateOnly Today { get; private set; }

    public IReadOnlyList<Group> Groups { get; private set; } = [];

    public IReadOnlyList<(string Text, string Address)> Chosen { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Query = FilterQuery.Of(Request.Query);
        Today = clock.Today();
        _ = int.TryParse(Request.Query["page"].ToString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number);
        var sent = await this.SendOrShowErrors(mediator, new FindPublicActivities(Query.Filter, number), cancellationToken, _ => "q");
        if (!sent.Succeeded)
        {
            Found = await mediator.Send(new FindPublicActivities(PublicFilter.None), cancellationToken);
            Show();
            return Page();
        }

        Found = sent.Value!;
        Show();
        return this.PageOrNotModified(Found, Found.FreshFor, Today);
    }

    private void Show()
    {
        Groups =
        [
            new Group("topic", "Topic", Query.Topics, Found.Topics),
            new Group("area", "Area", Query.Areas, Found.Areas),
            new Group("audience", "Who it is for", Query.Audiences, Found.Audiences),
        ];
        Chosen =
        [
            .. Query.Words.Length > 0 ? [($"“{PublicWords.Beginning(Query.Words, 60)}”", (Query with { Words = "" }).Address())] : Array.Empty<(string, string)>(),
            .. Query.Statuses.Select(s => (PublicWords.Status(s), (Query with { Statuses = [.. Query.Statuses.Where(o => o != s)] }).Address())),
            .. Query.Topics.Select(v => (v, (Query with { Topics = Without(Query.Topics, v) }).Address())),
            .. Query.Areas.Select(v => (v, (Query with { Areas = Without(Query.Areas, v) }).Address())),
            .. Query.Audiences.Select(v => (v, (Query with { Audiences = Without(Query.Audiences, v) }).Address())),
        ];
    }

    private static List<string> Without(IReadOnlyList<string> values, string value) => [.. values.Where(v => v != value)];

    /// <summary>The values of one kind, with those that are chosen though nothing has them under the other filters.</summary>
    public sealed record Group(string Name, string Heading, IReadOnlyList<string> Chosen, IReadOnlyList<FilterValue<string>> Values)
    {
        public IReadOnlyList<FilterValue<string>> Shown { get; } = [.. Values, .. Chosen.Where(c => Values.All(v => v.Value != c)).Select(c => new FilterValue<string>(c, 0))];
    }
}
