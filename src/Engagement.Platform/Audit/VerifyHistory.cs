using System.Text;
using Engagement.Kernel;
using Engagement.Platform.Work;
using MediatR;

namespace Engagement.Platform.Audit;

/// <summary>Has a worker walk every chain and every seal, or one chain, and name what does not fit.</summary>
/// <param name="Only">One aggregate; null for the whole record with its seals.</param>
[RequiresScope("administration:read")]
public sealed record VerifyHistory(Guid? Only = null) : ICommand<WorkId>;

internal sealed class VerifyHistoryHandler(IMediator mediator) : IRequestHandler<VerifyHistory, WorkId>
{
    public Task<WorkId> Handle(VerifyHistory request, CancellationToken cancellationToken) => mediator.Send(
        new AskForWork(
            VerifyHistoryWork.KindOfWork,
            request.Only is { } only ? $"Verification of the history of {only}" : "Verification of the whole history",
            new VerifyHistoryWork.Scope(request.Only),
            request.Only),
        cancellationToken);
}

/// <summary>Who may read the history may have what its verification found.</summary>
[RequiresScope("administration:read")]
public sealed record MayReadHistory : IQuery<bool>;

internal sealed class MayReadHistoryHandler : IRequestHandler<MayReadHistory, bool>
{
    public Task<bool> Handle(MayReadHistory request, CancellationToken cancellationToken) => Task.FromResult(true);
}

internal sealed class VerifyHistoryWork(ChainVerifier verifier, IMediator mediator) : IWorkHandler
{
    public const string KindOfWork = "verify-history";

    public string Kind => KindOfWork;

    public Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken) => mediator.Send(new MayReadHistory(), cancellationToken);

    public async Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken)
    {
        var result = await verifier.VerifyAsync(run.Parameters.As<Scope>().Only, cancellationToken, (done, total) => run.ReportAsync(done, total, "Walking the chains"));
        var walked = $"{result.Entries:N0} entries in {result.Chains:N0} chains and {result.Seals:N0} seals were walked.";
        if (result.IsWhole)
        {
            return $"{walked} The record is whole.";
        }

        await using var file = run.CreateFile("what-does-not-fit.txt", "text/plain; charset=utf-8");
        await file.WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', result.Problems) + "\n"), cancellationToken);
        var places = result.Problems.Count == 1 ? "One place does not fit" : $"{result.Problems.Count:N0} places do not fit";
        return $"{walked} {places}. The first: {result.Problems[0]} Do not change anything: keep the database as it is, and compare it with a backup.";
    }

    internal sealed record Scope(Guid? Only);
}
