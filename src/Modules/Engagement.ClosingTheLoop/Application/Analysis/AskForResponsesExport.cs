using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Work;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Has the responses exported while the officer does something else.</summary>
[RequiresScope("participation:read")]
public sealed record AskForResponsesExport(ConsultationId ConsultationId) : ICommand<WorkId>
{
    /// <summary>The kind of work, for lists of it.</summary>
    public const string Kind = "export-responses";
}

internal sealed class AskForResponsesExportHandler(IMediator mediator) : IRequestHandler<AskForResponsesExport, WorkId>
{
    public async Task<WorkId> Handle(AskForResponsesExport request, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken) ?? throw new NotFoundException("consultation");
        return await mediator.Send(
            new AskForWork(AskForResponsesExport.Kind, $"Responses to “{consultation.Title}” with what was asked, as tables", request.ConsultationId, request.ConsultationId.Value), cancellationToken);
    }
}

/// <summary>Writes the export into the file that the officer fetches.</summary>
internal sealed class ExportResponsesWork(IMediator mediator) : IWorkHandler
{
    public string Kind => AskForResponsesExport.Kind;

    public Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken) =>
        mediator.Send(new ExportResponses(parameters.As<ConsultationId>()), cancellationToken);

    public async Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken)
    {
        var export = await mediator.Send(new ExportResponses(run.Parameters.As<ConsultationId>()), cancellationToken);
        var rows = await export.WriteArchiveToAsync(
            run.CreateFile($"{export.FileName}.zip", "application/zip"),
            (done, total) => run.ReportAsync(done, total, "Writing the responses"),
            cancellationToken);
        return rows == 1 ? "1 response was exported." : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rows:N0} responses were exported.");
    }
}
