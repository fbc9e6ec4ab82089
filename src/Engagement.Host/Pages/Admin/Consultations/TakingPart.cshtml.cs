using System.Globalization;
using System.Text.RegularExpressions;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:write")]
public sealed partial class TakingPartModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public string? OfflineRoute { get; set; }

    [BindProperty]
    public string? AlternativeFormats { get; set; }

    [BindProperty]
    public string? EasyReadDocument { get; set; }

    [BindProperty]
    public string? EasyReadWaiver { get; set; }

    [BindProperty]
    public List<EventField> Events { get; set; } = [];

    /// <summary>The papers that are shown, one of which may be the Easy Read version.</summary>
    public IEnumerable<SelectListItem> Papers => Consultation.Documents.Select(d => new SelectListItem(d.Name, d.Name));

    protected override void Fill()
    {
        (OfflineRoute, AlternativeFormats) = (Consultation.OfflineRoute, Consultation.AlternativeFormats);
        (EasyReadDocument, EasyReadWaiver) = (Consultation.EasyReadDocument, Consultation.EasyReadWaiver);
        Events = [.. Consultation.Events.Select(EventField.Of), new EventField()];
    }

    protected override ConsultationDetails Apply(ConsultationDetails details) => details with
    {
        OfflineRoute = OfflineRoute,
        AlternativeFormats = AlternativeFormats,
        EasyReadDocument = string.IsNullOrWhiteSpace(EasyReadDocument) ? null : EasyReadDocument,
        EasyReadWaiver = EasyReadWaiver,
        Events = [.. Events.Select((e, i) => e.Read(ModelState, $"{nameof(Events)}[{i.ToString(CultureInfo.InvariantCulture)}]")).OfType<PublicEvent>()],
    };

    /// <summary>Empty events are left out of the request, so its numbers are those of the filled ones.</summary>
    protected override string? FieldOf(string member)
    {
        var match = EventMember().Match(member);
        if (!match.Success)
        {
            return base.FieldOf(member);
        }

        var filled = Events.Select((e, i) => (e, i)).Where(x => !x.e.IsEmpty).Select(x => x.i).ToList();
        var part = match.Groups["part"].Value.Split('.')[0] switch { "Starts" => "Day", "Ends" => "Until", var name => name };
        return $"{nameof(Events)}[{filled[int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture)].ToString(CultureInfo.InvariantCulture)}].{part}";
    }

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Without the web", Consultation.OfflineRoute),
        new("Other formats and languages", Consultation.AlternativeFormats),
        new("Easy Read version", Consultation.EasyReadDocument ?? Consultation.EasyReadWaiver),
        .. Consultation.Events.Select(e => new SavedField("Event", $"{e.Title}, {e.Where}, {ConsultationWords.Short(e.Starts.Date)}")),
    ];

    [GeneratedRegex(@"^(Details\.)?Events\[(?<index>\d+)\]\.(?<part>.+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex EventMember();
}

/// <summary>An event as it is typed: one that has no title, no place and no day is none.</summary>
public sealed record EventField
{
    public string? Title { get; init; }

    public string? Where { get; init; }

    public DateInput Day { get; init; } = new();

    public string? From { get; init; }

    public string? Until { get; init; }

    public string? HowToBook { get; init; }

    public string? Access { get; init; }

    /// <summary>The last day of an event that ends on another day than it starts; it travels through the form unseen.</summary>
    public DateOnly? LastDay { get; init; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Where) && Day.IsEmpty;

    public static EventField Of(PublicEvent e) => new()
    {
        Title = e.Title,
        Where = e.Where,
        Day = DateInput.From(e.Starts.Date),
        From = TypedTime.Write(e.Starts.Time),
        Until = TypedTime.Write(e.Ends?.Time),
        HowToBook = e.HowToBook,
        Access = e.Access,
        LastDay = e.Ends is { } ends && ends.Date != e.Starts.Date ? ends.Date : null,
    };

    /// <returns>Null for an empty one, or where the day cannot be read and the model state says so.</returns>
    public PublicEvent? Read(ModelStateDictionary state, string key)
    {
        if (IsEmpty)
        {
            return null;
        }

        var day = Day.Read(state, $"{key}.{nameof(Day)}", "The day of the event", required: true);
        var from = TypedTime.Read(From, state, $"{key}.{nameof(From)}");
        var until = TypedTime.Read(Until, state, $"{key}.{nameof(Until)}");
        return day is not { } on ? null : new PublicEvent(
            Title?.Trim() ?? "",
            Where?.Trim() ?? "",
            new UkMoment(on, from),
            until is null && LastDay is null ? null : new UkMoment(LastDay ?? on, until),
            string.IsNullOrWhiteSpace(HowToBook) ? null : HowToBook.Trim(),
            string.IsNullOrWhiteSpace(Access) ? null : Access.Trim());
    }
}
