using Engagement.Consultations.Application;
using Engagement.Host.Pages.Admin.Regimes;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Which regimes the consultation rests on: found by words and group, each with what it demands before it is chosen.</summary>
[Authorize("consultations:write")]
public sealed class RegimesModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Group { get; set; }

    [BindProperty(SupportsGet = true)]
    public int Number { get; set; } = 1;

    public IReadOnlyList<RegimeView> Chosen { get; private set; } = [];

    public IReadOnlyList<string> Groups { get; private set; } = [];

    public NumberedPage<RegimeView> Found { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        Version = Consultation.Version;
    }

    public async Task<IActionResult> OnPostAddAsync(string regime, CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var name = Found.Items.FirstOrDefault(r => r.Id == regime)?.Name ?? regime;
        return await Save([.. Consultation.Regimes, regime], $"Added: {name}. Now give the dates that it counts from.", cancellationToken);
    }

    public async Task<IActionResult> OnPostRemoveAsync(string regime, CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        return await Save([.. Consultation.Regimes.Where(r => r != regime)], $"Removed: {Chosen.FirstOrDefault(r => r.Id == regime)?.Name ?? regime}.", cancellationToken);
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        var all = await Mediator.Send(new ListRegimes(), cancellationToken);
        Chosen = [.. Consultation.Regimes.Select(id => all.First(r => r.Id == id))];
        Groups = RegimeSearch.Groups(all);
        Found = RegimeSearch.Find(all, Words, Group, Number);
    }

    private async Task<IActionResult> Save(string[] regimes, string done, CancellationToken cancellationToken)
    {
        var details = await Mediator.Send(new FindConsultationDetails(Id), cancellationToken);
        var all = await Mediator.Send(new ListRegimes(), cancellationToken);
        var asked = InputField.AskedBy([.. all.Where(r => regimes.Contains(r.Id, StringComparer.Ordinal))]).Select(f => f.Name).Append("school_breaks").ToHashSet(StringComparer.Ordinal);

        // A date that only a regime now gone has asked for would be refused, and means nothing any more.
        var edited = details with
        {
            Regimes = [.. regimes.Distinct(StringComparer.Ordinal)],
            Inputs = details.Inputs.Where(i => asked.Contains(i.Key)).ToDictionary(StringComparer.Ordinal),
        };
        var sent = await this.SendOrShowErrors(Mediator, new EditConsultation(Id, Version, edited), cancellationToken);
        if (!sent.Succeeded)
        {
            // The list shows what is chosen now, so a second press knows of it.
            ModelState.SetModelValue(nameof(Version), Consultation.Version, null);
            Version = Consultation.Version;
            return Page();
        }

        this.Done(done);
        return Redirect(Request.Path + QueryWithoutHandler());
    }

    private string QueryWithoutHandler() => QueryString.Create(
        [
            .. Words is null ? [] : new[] { KeyValuePair.Create<string, string?>("words", Words) },
            .. Group is null ? [] : new[] { KeyValuePair.Create<string, string?>("group", Group) },
            .. Number == 1 ? [] : new[] { KeyValuePair.Create<string, string?>("number", Number.ToString(System.Globalization.CultureInfo.InvariantCulture)) },
        ]).ToString();
}
