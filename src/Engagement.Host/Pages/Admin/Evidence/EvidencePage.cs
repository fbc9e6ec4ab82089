using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Host.Pages.Admin.Consultations;
using Engagement.Host.Pages.Admin.Record;
using MediatR;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>A page about what shows that one consultation was fair.</summary>
public abstract class EvidencePage(IMediator mediator, TimeProvider clock) : ConsultationPage(mediator, clock)
{
    private ActorNames names = null!;

    public AssuranceView Assurance { get; private set; } = null!;

    public string EvidenceAddress => $"{Address}/evidence";

    /// <summary>Who did it, by name.</summary>
    public string NameOf(string actor) => names.Of(actor);

    protected async Task LoadAssurance(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Assurance = await Mediator.Send(new ShowAssurance(Id), cancellationToken);
        names = await ActorNames.FindAsync(
            Mediator,
            [
                .. Assurance.Practices.SelectMany(p => p.Evidence.Select(e => e.By).Concat(p.Judgements.Select(j => j.By))),
                .. Assurance.Checkpoints.Select(c => c.By),
                Assurance.MidPoint?.By,
            ],
            cancellationToken);
    }

    public static string Words(AssuranceScheme scheme) => scheme == AssuranceScheme.Gunning
        ? "The four principles of fair consultation" : "The seven practices of the Consultation Charter";

    public static string Words(AssuranceStatus status) => status switch
    {
        AssuranceStatus.Met => "Met",
        AssuranceStatus.Partly => "Met in part",
        _ => "Not met",
    };

    public static string ColourOf(AssuranceStatus status) => status switch
    {
        AssuranceStatus.Met => "green",
        AssuranceStatus.Partly => "yellow",
        _ => "red",
    };

    public static string Words(CheckpointKind kind) => kind switch
    {
        CheckpointKind.MidPoint => "Mid-point",
        CheckpointKind.ClosingDate => "Closing date",
        CheckpointKind.FinalReport => "Final report",
        _ => kind.ToString(),
    };

    public static string Words(MidPointChoice choice) => choice switch
    {
        MidPointChoice.CarryOn => "Carry on",
        MidPointChoice.Extend => "Extend",
        _ => "Do more to reach people",
    };
}
