using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Engagement.Platform.Work;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Platform.Operations;

/// <summary>Whether the service does its work, for the first look of an administrator.</summary>
[RequiresScope("administration:read")]
public sealed record ShowOperations : IQuery<OperationsSummary>;

/// <param name="FailingJobs">By name.</param>
/// <param name="LateJobs">By name: they should have run long since.</param>
/// <param name="ParkedEvents">Wait for somebody to look at them.</param>
/// <param name="WaitingEvents">Everything that is not handled yet.</param>
/// <param name="LastSealAt">Null while nothing has happened.</param>
/// <param name="LastVerification">What the last verification of the whole record found; null while there was none.</param>
public sealed record OperationsSummary(
    IReadOnlyList<string> FailingJobs,
    IReadOnlyList<string> LateJobs,
    int ParkedEvents,
    int WaitingEvents,
    int FailedNotifications,
    int WaitingNotifications,
    int UnfinishedWork,
    DateTimeOffset? LastSealAt,
    LastVerification? LastVerification);

public sealed record LastVerification(WorkId Id, DateTimeOffset At, bool Failed, string? Message);

internal sealed class ShowOperationsHandler(IPlatformDb db, IMediator mediator) : IRequestHandler<ShowOperations, OperationsSummary>
{
    public async Task<OperationsSummary> Handle(ShowOperations request, CancellationToken cancellationToken)
    {
        var backlog = await mediator.Send(new FindBacklog(), cancellationToken);
        var verification = await db.Work.AsNoTracking()
            .Where(w => w.Kind == VerifyHistoryWork.KindOfWork && w.About == null && w.FinishedAt != null)
            .OrderByDescending(w => w.FinishedAt).ThenByDescending(w => w.Id)
            .Select(w => new LastVerification(w.Id, w.FinishedAt!.Value, w.State != WorkState.Done || w.FileName != null, w.Message))
            .FirstOrDefaultAsync(cancellationToken);
        return new OperationsSummary(
            backlog.FailingJobs,
            backlog.LateJobs,
            backlog.ParkedEvents,
            backlog.WaitingEvents,
            backlog.FailedNotifications,
            backlog.WaitingNotifications,
            backlog.UnfinishedWork,
            backlog.LastSealAt,
            verification);
    }
}
