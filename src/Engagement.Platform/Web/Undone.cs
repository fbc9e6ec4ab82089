using System.Net.Sockets;
using Engagement.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.Platform.Web;

/// <summary>What a failed request can be said to have left behind.</summary>
public static class Undone
{
    /// <summary>
    /// Nothing of it is stored, for certain: what it had begun was rolled back. It is not certain where a part was committed before another failed, and where the connection broke or was taken
    /// away, because then a commit may have been under way.
    /// </summary>
    public static bool Is(HttpContext context, Exception error) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
        || (!LeavesOpen(error) && !context.RequestServices.GetServices<ModuleDbContext>().Any(c => c.HasCommitted));

    private static bool LeavesOpen(Exception error) => error switch
    {
        // An error ends the statement and its transaction; what is worse ends the connection, and these two it before it is one.
        PostgresException e => e.InvariantSeverity != "ERROR" && e.SqlState is not (PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow),

        // So it is where no connection could be made. One that breaks says what became of its stream.
        NpgsqlException { InnerException: SocketException } => false,
        NpgsqlException or OperationCanceledException => true,
        _ => error.InnerException is { } inner && LeavesOpen(inner),
    };
}
