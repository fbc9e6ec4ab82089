using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Host.Pages.Admin.Analysis;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Responses;

[Authorize("participation:read")]
public sealed class IndexModel(IMediator mediator) : LoopPage(mediator)
{
    [BindProperty(SupportsGet = true)]
    public ResponseFilterForm Filter { get; set; } = new();

    /// <summary>Those older than this one.</summary>
    [FromQuery]
    public ResponseId? After { get; set; }

    /// <summary>Those newer than this one.</summary>
    [FromQuery]
    public ResponseId? Before { get; set; }

    public FoundResponses Found { get; private set; } = null!;

    public static IEnumerable<SelectListItem> Channels => ResponseWords.Channels.Select(c => new SelectListItem(c.Words, c.Value));

    public static IEnumerable<SelectListItem> Standings => ResponseWords.Standings.Select(s => new SelectListItem(s.Words, s.Value));

    public static IEnumerable<SelectListItem> Codings => [new("Coded", ResponseFilterForm.IsCoded), new("Not coded", ResponseFilterForm.IsNotCoded)];

    public static IEnumerable<SelectListItem> Senders => [new("Perhaps a program", ResponseFilterForm.PerhapsAProgram), new("Nothing speaks for a program", ResponseFilterForm.NotAProgram)];

    public IEnumerable<SelectListItem> Themes => Found.Themes.Select(t => new SelectListItem(t.Name, t.Id.ToString()));

    public IEnumerable<SelectListItem> Options => Found.Questions.SelectMany(
        q => q.Options.Select(o => new SelectListItem($"{q.Text} – {o.Label}", $"{q.Code}={o.Code}")));

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(
            Mediator, new SearchResponses(Id, Filter.Read(), After, Before), cancellationToken, member => member == "words" ? "Filter.Words" : null);

        // Where the address asks for what cannot be, the whole list stands below the error, with what was typed above it.
        Found = sent.Value ?? await Mediator.Send(new SearchResponses(Id, ResponseFilter.None), cancellationToken);
    }

    /// <summary>What is filtered by, each with the address without it.</summary>
    public IEnumerable<(string Category, string Words, string Address)> Selected() =>
        Filter.All().Select(f => (f.Name == nameof(Filter.Option) ? "Answer" : f.Name, WordsOf(f.Name, f.Value), $"{Address}/responses{Filter.Query(without: f.Name)}"));

    public string AddressFrom(string place) => $"{Address}/responses{Filter.Query(place: place)}";

    public string AddressOf(FoundResponse response) => $"{Address}/responses/{response.Id}{Filter.Query()}";

    /// <summary>How many there are, as far as they are counted.</summary>
    public string Count()
    {
        var (one, many) = Filter.All().Any() ? (" matches", " match") : ("", "");
        return (Found.Total, Found.MoreThanTotal) switch
        {
            (var n, true) => $"More than {ResultCharts.Number(n)} responses{many}",
            (0, _) => many.Length > 0 ? "No responses match" : "No responses yet",
            (1, _) => $"1 response{one}",
            (var n, _) => $"{ResultCharts.Number(n)} responses{many}",
        };
    }

    private string WordsOf(string name, string value) => name switch
    {
        nameof(Filter.Words) => $"“{value}”",
        nameof(Filter.Channel) => ResponseWords.Channel(value),
        nameof(Filter.Standing) => ResponseWords.Standing(value),
        nameof(Filter.Coding) => Codings.FirstOrDefault(c => c.Value == value)?.Text ?? value,
        nameof(Filter.Sender) => Senders.FirstOrDefault(s => s.Value == value)?.Text ?? value,
        nameof(Filter.Theme) => Themes.FirstOrDefault(t => t.Value == value)?.Text ?? "A theme that is no longer there",
        _ => Options.FirstOrDefault(o => o.Value == value)?.Text ?? value,
    };
}
