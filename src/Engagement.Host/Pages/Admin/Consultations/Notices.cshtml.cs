using Engagement.Consultations.Application;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;

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

    public async Task OnGetAsync(CancellationToken cancellationToken)
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
