using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Consultations.Application.LocalRegimes;
using Engagement.Consultations.Contracts;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Engagement.Consultations.Api;

internal static class TimetableEndpoints
{
    public static void MapTimetables(this IEndpointRouteBuilder app)
    {
        var timetables = app.MapApi("/api/v1/timetables", "Statutory timescales");
        timetables.MapPost("/", Calculate).Requires<CalculateTimetable>()
            .WithName("calculateTimetable").WithSummary("Compute the statutory dates of one or several regimes, without a consultation")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        timetables.MapPost("/proposal", Propose).Requires<ProposeTimetable>()
            .WithName("proposeTimetable").WithSummary("The earliest lawful closing date, which regime decides it and why")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);

        timetables.MapPost("/plan", Plan).Requires<PlanTimetable>()
            .WithName("planTimetable").WithSummary("The earliest lawful and the earliest advisable dates from a day on, or the latest ones before a decision")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        timetables.MapPost("/comparison", Compare).Requires<CompareTimetables>()
            .WithName("compareTimetables").WithSummary("What another opening or another close would do to every date")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status409Conflict);
        timetables.MapPost("/day-count", Count).Requires<CountDays>()
            .WithName("countDays").WithSummary("One date of a timetable, counted day by day")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        app.MapApi("/api/v1/consultations", "Consultations").MapGet("/{id}/timetable/day-count", CountOf).Requires<CountConsultationDays>()
            .WithName("countConsultationDays").WithSummary("One date of its timetable, counted day by day as the law stands now")
            .ProducesProblem(StatusCodes.Status404NotFound);

        var regimes = app.MapApi("/api/v1/regimes", "Statutory timescales");
        regimes.MapGet("/", List).Requires<ListRegimes>().WithName("listRegimes").WithSummary("What each regime demands, its law and its inputs");
        regimes.MapGet("/{id}", Find).Requires<FindRegime>().WithName("findRegime").WithSummary("One regime")
            .ProducesProblem(StatusCodes.Status404NotFound);
        regimes.MapPost("/", AddLocal).Requires<AddLocalRegime>().Idempotent<IConsultationsDb>()
            .WithName("addLocalRegime").WithSummary("Add what the council asks of itself beyond the law; it can never shorten a statute");
        regimes.MapGet("/{id}/definition", FindLocal).Requires<FindLocalRegime>()
            .WithName("findLocalRegime").WithSummary("A local regime as it was recorded")
            .ProducesProblem(StatusCodes.Status404NotFound);
        regimes.MapPut("/{id}/definition", ReviseLocal).Requires<ReviseLocalRegime>()
            .WithName("reviseLocalRegime").WithSummary("Put another definition in place of a local regime's present one");
    }

    private static async Task<Created<LocalRegimeView>> AddLocal(LocalRegimeRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var added = await mediator.Send(new AddLocalRegime(body.Definition, body.Source, body.SourceAddress), cancellationToken);
        response.SetETag(added.Version);
        return TypedResults.Created($"/api/v1/regimes/{added.Id}", added);
    }

    private static async Task<Ok<LocalRegimeView>> FindLocal(string id, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindLocalRegime(id), cancellationToken);
        response.SetETag(found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<Ok<LocalRegimeView>> ReviseLocal(
        string id, IfMatch ifMatch, LocalRegimeRequest body, HttpResponse response, IMediator mediator, CancellationToken cancellationToken)
    {
        var revised = await mediator.Send(new ReviseLocalRegime(id, body.Definition, body.Source, body.SourceAddress, ifMatch.Version), cancellationToken);
        response.SetETag(revised.Version);
        return TypedResults.Ok(revised);
    }

    private static async Task<Ok<TimetablePlanView>> Plan(PlanRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new PlanTimetable(body.Regimes, body.Inputs, body.From, body.DecisionOn), cancellationToken));

    private static async Task<Ok<TimetableComparison>> Compare(ComparisonRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CompareTimetables(body.Regimes, body.Inputs, body.ClosingTime, body.NewOpens, body.NewCloses), cancellationToken));

    private static async Task<Ok<DayCountView>> Count(DayCountRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CountDays(body.Regimes, body.Inputs, body.ClosingTime, body.Rule), cancellationToken));

    private static async Task<Ok<DayCountView>> CountOf(ConsultationId id, string rule, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CountConsultationDays(id, rule), cancellationToken));

    private static async Task<Ok<TimetableView>> Calculate(TimetableRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CalculateTimetable(body.Regimes, body.Inputs, body.ClosingTime), cancellationToken));

    private static async Task<Ok<IReadOnlyList<RegimeView>>> List(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListRegimes(), cancellationToken));

    private static async Task<Ok<RegimeView>> Find(string id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new FindRegime(id), cancellationToken));

    private static async Task<Ok<TimetableProposal>> Propose(ProposalRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ProposeTimetable(body.Regimes, body.Inputs), cancellationToken));

    /// <param name="Inputs">As for a timetable; an opening and a close among them are ignored.</param>
    /// <param name="From">The first day on which it could open; absent is today.</param>
    /// <param name="DecisionOn">The day of the decision, to plan backwards from; not with <c>from</c>.</param>
    internal sealed record PlanRequest(
        IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, DateOnly? From = null, DateOnly? DecisionOn = null);

    /// <param name="Inputs">As for a timetable, as they are now.</param>
    /// <param name="NewOpens">The opening as it would be; absent leaves it.</param>
    /// <param name="NewCloses">The last day as it would be; absent leaves it.</param>
    internal sealed record ComparisonRequest(
        IReadOnlyList<string> Regimes,
        IReadOnlyDictionary<string, JsonElement> Inputs,
        TimeOnly? ClosingTime = null,
        DateOnly? NewOpens = null,
        DateOnly? NewCloses = null);

    /// <param name="Rule">Which date, such as <c>tro-permanent/min_close</c>.</param>
    internal sealed record DayCountRequest(
        IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, string Rule, TimeOnly? ClosingTime = null);

    /// <param name="Definition">One regime in the shape of the program's own, its id beginning with <c>local-</c> and its kind <c>good-practice</c>.</param>
    /// <param name="Source">Where the council decided it.</param>
    internal sealed record LocalRegimeRequest(JsonElement Definition, string? Source = null, string? SourceAddress = null);

    /// <param name="Regimes">Ids such as <c>tro-permanent</c>; several combine to the strictest.</param>
    /// <param name="Inputs">As for a timetable; a closing date among them is ignored.</param>
    internal sealed record ProposalRequest(IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs);

    /// <param name="Regimes">Ids such as <c>tro-permanent</c>; several combine to the strictest.</param>
    /// <param name="Inputs">Dates as text (<c>2025-09-17</c>), years as numbers, <c>school_breaks</c> as a list of [first day, last day].</param>
    /// <param name="ClosingTime">UK wall time on the closing day, such as <c>17:00</c>; absent is the end of the day.</param>
    internal sealed record TimetableRequest(
        IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, TimeOnly? ClosingTime = null);
}
