using System.Text.Json;
using Engagement.Consultations.Application;
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

        var regimes = app.MapApi("/api/v1/regimes", "Statutory timescales");
        regimes.MapGet("/", List).Requires<ListRegimes>().WithName("listRegimes").WithSummary("What each regime demands, its law and its inputs");
        regimes.MapGet("/{id}", Find).Requires<FindRegime>().WithName("findRegime").WithSummary("One regime")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Ok<TimetableView>> Calculate(TimetableRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new CalculateTimetable(body.Regimes, body.Inputs, body.ClosingTime), cancellationToken));

    private static async Task<Ok<IReadOnlyList<RegimeView>>> List(IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ListRegimes(), cancellationToken));

    private static async Task<Ok<RegimeView>> Find(string id, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new FindRegime(id), cancellationToken));

    private static async Task<Ok<TimetableProposal>> Propose(ProposalRequest body, IMediator mediator, CancellationToken cancellationToken) =>
        TypedResults.Ok(await mediator.Send(new ProposeTimetable(body.Regimes, body.Inputs), cancellationToken));

    /// <param name="Regimes">Ids such as <c>tro-permanent</c>; several combine to the strictest.</param>
    /// <param name="Inputs">As for a timetable; a closing date among them is ignored.</param>
    internal sealed record ProposalRequest(IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs);

    /// <param name="Regimes">Ids such as <c>tro-permanent</c>; several combine to the strictest.</param>
    /// <param name="Inputs">Dates as text (<c>2025-09-17</c>), years as numbers, <c>school_breaks</c> as a list of [first day, last day].</param>
    /// <param name="ClosingTime">UK wall time on the closing day, such as <c>17:00</c>; absent is the end of the day.</param>
    internal sealed record TimetableRequest(
        IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, TimeOnly? ClosingTime = null);
}
