using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>The notices of a consultation as tasks, and what those that were published mean for its timetable.</summary>
[Authorize("consultations:read")]
public sealed class NoticesModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    private IReadOnlyList<RegimeView> regimes = [];

    public NoticesView View { get; private set; } = null!;

    public DateOnly Today => UkTime.DateOf(Now);

    public IEnumerable<NoticeView> ToDo => View.Notices.Where(n => n.State == NoticeState.ToDo);

    public IEnumerable<NoticeView> Done => View.Notices.Where(n => n.State != NoticeState.ToDo);

    public static string Begin(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    [BindProperty]
    public string? Input { get; set; }

    [BindProperty]
    public DateInput On { get; set; } = new();

    /// <summary>What its regimes count from and no notice is.</summary>
    public IReadOnlyList<SelectListItem> OtherDates =>
    [
        .. regimes.Where(r => Consultation.Regimes.Contains(r.Id, StringComparer.Ordinal)).SelectMany(r => r.Inputs)
            .Where(i => i.Kind == "date" && i.Name is not ("opens" or "closes") && !View.Notices.Any(n => n.CountsFor.Contains(i.Name, StringComparer.Ordinal)))
            .DistinctBy(i => i.Name).Select(i => new SelectListItem(i.Label, i.Name)),
    ];

    public Task OnGetAsync(CancellationToken cancellationToken) => Prepare(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Prepare(cancellationToken);
        var on = On.Read(ModelState, nameof(On), "The day", required: true);
        var sent = await this.SendOrShowErrors(
            Mediator, new RecordDate(Id, Input ?? "", on ?? default), cancellationToken,
            member => member is "On" or "date-in-future" ? nameof(On) : member is "Input" or "date-of-a-notice" ? nameof(Input) : null);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The day is on record, and the timetable was computed anew.");
        return Redirect($"{Address}/notices");
    }

    private async Task Prepare(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        View = await Mediator.Send(new ListNotices(Id), cancellationToken);
        regimes = await Mediator.Send(new ListRegimes(), cancellationToken);
    }

    public string NameOf(string regime) => regimes.FirstOrDefault(r => r.Id == regime)?.Name ?? regime;

    /// <summary>What a date of the timetable is, in words.</summary>
    public string LabelOf(string input)
    {
        var label = regimes.Where(r => Consultation.Regimes.Contains(r.Id, StringComparer.Ordinal)).SelectMany(r => r.Inputs).FirstOrDefault(i => i.Name == input)?.Label ?? input.Replace('_', ' ');
        return char.ToLowerInvariant(label[0]) + label[1..];
    }
}
