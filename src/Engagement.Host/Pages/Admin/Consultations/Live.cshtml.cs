using Engagement.Consultations.Contracts;
using Engagement.Engagements.Application;
using Engagement.Host.Pages.Shared.Charts;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>How many have responded, by day and by channel, while it is open and afterwards.</summary>
[Authorize("participation:read")]
public sealed class LiveModel(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    public ArrivalsView Arrivals { get; private set; } = null!;

    public ColumnsPicture? Picture { get; private set; }

    public IReadOnlyList<ReachAim> Aims { get; private set; } = [];

    public int AimedAt => Aims.Sum(a => a.Reach ?? 0);

    /// <summary>The days of the table, newest first, without those that nobody answered on.</summary>
    public IReadOnlyList<IGrouping<DateOnly, ArrivalsOfDay>> Days { get; private set; } = [];

    public IReadOnlyList<(ResponseChannel Channel, int Count)> Channels { get; private set; } = [];

    public int Today { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Arrivals = await Mediator.Send(new CountArrivals(Id), cancellationToken);
        var engagement = await Mediator.Send(new GetEngagement(Consultation.EngagementId), cancellationToken);
        Aims = [.. engagement.TargetGroups.Select(g => new ReachAim(g.Name, g.ReachAimedAt))];
        var today = UkTime.DateOf(Now);
        Today = Arrivals.Days.Where(d => d.ReceivedOn == today).Sum(d => d.Count);
        Days = [.. Arrivals.Days.GroupBy(d => d.ReceivedOn).OrderByDescending(g => g.Key)];
        Channels = [.. Arrivals.Days.GroupBy(d => d.Channel).Select(g => (g.Key, g.Sum(d => d.Count))).OrderByDescending(c => c.Item2).ThenBy(c => c.Key)];
        Picture = PictureUntil(today);
    }

    /// <summary>Sent by the participant, not entered by an officer.</summary>
    public static bool IsOnline(ResponseChannel channel) => channel is ResponseChannel.Web or ResponseChannel.Kiosk or ResponseChannel.Api;

    public static string Words(ResponseChannel channel) => channel switch
    {
        ResponseChannel.Web => "Public pages",
        ResponseChannel.Kiosk => "Kiosk",
        ResponseChannel.Import => "Import",
        ResponseChannel.Api => "Other program",
        ResponseChannel.Paper => "Paper",
        ResponseChannel.Email => "E-mail",
        ResponseChannel.Telephone => "Telephone",
        ResponseChannel.Event => "Event",
        _ => channel.ToString(),
    };

    /// <summary>From the opening to today or the close, whichever comes first; null before the opening.</summary>
    private ColumnsPicture? PictureUntil(DateOnly today)
    {
        var first = Consultation.Opens.Date;
        var close = UkTime.DateOf(Consultation.ClosesAt.AddTicks(-1));
        if (today < first || Consultation.Approval is null)
        {
            return null;
        }

        var last = today < close ? today : close;
        var byDay = Arrivals.Days.GroupBy(d => d.ReceivedOn).ToDictionary(
            g => g.Key, g => new DayColumn(g.Key, g.Where(d => IsOnline(d.Channel)).Sum(d => d.Count), g.Where(d => !IsOnline(d.Channel)).Sum(d => d.Count)));
        return ColumnsPicture.Of("Responses per day", first, last, byDay);
    }
}

/// <param name="Reach">People that the plan aims to reach; null where it names no number.</param>
public sealed record ReachAim(string Group, int? Reach);
