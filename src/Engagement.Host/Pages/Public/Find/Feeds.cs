using System.Security.Cryptography;
using System.Text;
using Engagement.Consultations.Application.Public;
using Engagement.Host.Brand;
using Engagement.Participation.Application;
using MediatR;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>The list of the first page, with the same filter in the address, for news readers and calendars.</summary>
internal static class Feeds
{
    public const string Atom = "/consultations.atom";
    public const string Calendar = "/consultations.ics";

    public static void MapFeeds(this IEndpointRouteBuilder app)
    {
        app.MapGet(Atom, (HttpContext http, IMediator mediator, IOptions<CouncilOptions> council, IOptions<SiteOptions> site, CancellationToken cancellationToken) =>
            Answer(http, mediator, AtomFeed.MediaType, (query, feed) => AtomFeed.Write(
                Title(council.Value), council.Value.Name, Base(site.Value), query.Address(Atom), query.Address(), feed), cancellationToken))
            .AllowAnonymous().ExcludeFromDescription();
        app.MapGet(Calendar, (HttpContext http, IMediator mediator, IOptions<CouncilOptions> council, IOptions<SiteOptions> site, CancellationToken cancellationToken) =>
            Answer(http, mediator, CalendarFeed.MediaType, (_, feed) => Encoding.UTF8.GetBytes(CalendarFeed.Write(Title(council.Value), Base(site.Value), feed)), cancellationToken))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Answer(
        HttpContext http, IMediator mediator, string mediaType, Func<FilterQuery, PublicFeed, byte[]> write, CancellationToken cancellationToken)
    {
        var query = FilterQuery.Of(http.Request.Query);
        var feed = await mediator.Send(new ListPublicFeed(query.Filter), cancellationToken);
        var body = write(query, feed);
        return http.MayBeKept(feed.FreshFor, $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"")
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(body, mediaType);
    }

    private static string Title(CouncilOptions council) => $"{council.ServiceName} - {council.Name}";

    private static string Base(SiteOptions site) => site.BaseAddress.TrimEnd('/');
}
