using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Work;
using MediatR;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>
/// Has the challenge bundle of a consultation made: everything that a court would ask for, in one zip that can be verified without this
/// program. Of a consultation in any state; the bundle says which.
/// </summary>
/// <param name="InFull">With people's own words, for whoever may read responses. False leaves them out.</param>
[RequiresScope("consultations:read")]
public sealed record AskForBundle(ConsultationId Id, bool InFull = false) : ICommand<WorkId>
{
    /// <summary>The kind of work, for lists of it.</summary>
    public const string Kind = "make-bundle";
}

/// <summary>Refuses whoever may not have people's own words.</summary>
[RequiresScope("participation:read")]
public sealed record MayHaveFullBundle(ConsultationId Id) : IQuery<Unit>;

internal sealed class AskForBundleHandler(IMediator mediator) : IRequestHandler<AskForBundle, WorkId>, IRequestHandler<MayHaveFullBundle, Unit>
{
    public async Task<WorkId> Handle(AskForBundle request, CancellationToken cancellationToken)
    {
        if (request.InFull)
        {
            await mediator.Send(new MayHaveFullBundle(request.Id), cancellationToken);
        }

        var consultation = await mediator.Send(new ShowConsultation(request.Id), cancellationToken);
        return await mediator.Send(
            new AskForWork(AskForBundle.Kind, $"Challenge bundle of “{consultation.Title}”, {(request.InFull ? "in full" : "redacted")}", request, request.Id.Value), cancellationToken);
    }

    public Task<Unit> Handle(MayHaveFullBundle request, CancellationToken cancellationToken) => Unit.Task;
}

/// <summary>Writes the bundle into the file that whoever asked fetches.</summary>
internal sealed class MakeBundleWork(IMediator mediator) : IWorkHandler
{
    public string Kind => AskForBundle.Kind;

    public async Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken)
    {
        var asked = parameters.As<AskForBundle>();
        await mediator.Send(new ShowConsultation(asked.Id), cancellationToken);
        if (asked.InFull)
        {
            await mediator.Send(new MayHaveFullBundle(asked.Id), cancellationToken);
        }
    }

    public async Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken)
    {
        var asked = run.Parameters.As<AskForBundle>();
        var consultation = await mediator.Send(new ShowConsultation(asked.Id), cancellationToken);
        var file = run.CreateFile(MakeBundle.FileNameOf(consultation.Slug, asked.InFull), "application/zip");
        var made = await mediator.Send(new MakeBundle(asked.Id, asked.InFull, file, (done, total, section) => run.ReportAsync(done, total, section)), cancellationToken);
        return $"The bundle holds {made.Files} files. SHA-256 of its manifest: {made.Digest}. It is in the history of the consultation too.";
    }
}
