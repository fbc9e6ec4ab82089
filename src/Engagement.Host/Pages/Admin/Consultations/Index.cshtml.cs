using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>All consultations, filtered and sorted; what is filtered stands in the address.</summary>
[Authorize("consultations:read")]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public List<ConsultationStatus> Status { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Regime { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    /// <summary>Closing within so many days.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Within { get; set; }

    [BindProperty(SupportsGet = true)]
    public ConsultationOrder Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Ascending { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public NumberedPage<BrowsedConsultation> Found { get; private set; } = new([], 1, BrowseConsultations.PageSize, 0);

    public IReadOnlyList<RegimeView> Regimes { get; private set; } = [];

    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    public bool IsFiltered => Status.Count > 0 || !string.IsNullOrEmpty(Regime) || !string.IsNullOrWhiteSpace(Words) || Within is not null;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Regimes = await mediator.Send(new ListRegimes(), cancellationToken);
        var sent = await this.SendOrShowErrors(mediator, new BrowseConsultations(Status, Regime, Words, Within, Sort, !Ascending, Number), cancellationToken);
        Found = sent.Value ?? Found;
    }

    public string RegimeName(string id) => Regimes.FirstOrDefault(r => r.Id == id)?.Name ?? id;

    public string PageAddress(int number) => AddressWith(number: number);

    /// <summary>The address that sorts by this column, the other way round where it is sorted by it already.</summary>
    public string SortAddress(ConsultationOrder order) => AddressWith(sort: order, ascending: Sort == order ? !Ascending : order == ConsultationOrder.Title);

    public string AriaSort(ConsultationOrder order) => Sort != order ? "none" : Ascending ? "ascending" : "descending";

    /// <summary>Each filter in words, with the address of the list without it.</summary>
    public IEnumerable<(string Words, string AddressWithout)> Filters()
    {
        foreach (var status in Status)
        {
            yield return (ConsultationWords.Of(status), AddressWith(statuses: Status.Where(s => s != status)));
        }

        if (!string.IsNullOrEmpty(Regime))
        {
            yield return (RegimeName(Regime), AddressWith(regime: ""));
        }

        if (!string.IsNullOrWhiteSpace(Words))
        {
            yield return ($"“{Words.Trim()}”", AddressWith(words: ""));
        }

        if (Within is { } days)
        {
            yield return ($"Closing within {ConsultationWords.Count(days, "day")}", AddressWith(within: 0));
        }
    }

    private string AddressWith(
        IEnumerable<ConsultationStatus>? statuses = null, string? regime = null, string? words = null, int? within = null, ConsultationOrder? sort = null, bool? ascending = null, int number = 1)
    {
        List<KeyValuePair<string, string?>> query = [.. (statuses ?? Status).Select(s => KeyValuePair.Create<string, string?>("status", s.ToString()))];
        Add("regime", regime ?? Regime);
        Add("words", words ?? Words);
        Add("within", (within ?? Within) is { } days and not 0 ? days.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        Add("sort", (sort ?? Sort) == ConsultationOrder.Closes ? null : (sort ?? Sort).ToString());
        Add("ascending", ascending ?? Ascending ? "true" : null);
        Add("number", number == 1 ? null : number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return $"/admin/consultations{QueryString.Create(query)}";

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                query.Add(KeyValuePair.Create<string, string?>(name, value));
            }
        }
    }
}
