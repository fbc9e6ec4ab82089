using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>Says in public how a commitment is getting on.</summary>
[Authorize("outcomes:write")]
public sealed class ProgressModel(IMediator mediator) : OutcomePage(mediator)
{
    public static readonly IReadOnlyList<(CommitmentStatus Value, string Words)> Statuses =
    [
        (CommitmentStatus.InProgress, "In progress"), (CommitmentStatus.Done, "Done"), (CommitmentStatus.NotDone, "It will not be done"),
    ];

    [FromRoute]
    public CommitmentId CommitmentId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public CommitmentStatus? Status { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public CommitmentView Commitment { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadCommitment(cancellationToken);
        Version = Outcome.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Status is null)
        {
            ModelState.AddModelError(nameof(Status), "Select how it is getting on");
        }

        var sent = await this.SendOrShowErrors(
            Mediator, new UpdateCommitment(Id, CommitmentId, Status ?? default, Text(Note), Version), cancellationToken, member => member == nameof(Note) ? nameof(Note) : null);
        if (sent.Succeeded)
        {
            this.Done("The progress is public.");
            return Redirect($"{Address}/commitments");
        }

        await LoadCommitment(cancellationToken);
        Version = GoOnWith(nameof(Version), Version, Outcome.Version);
        return Page();
    }

    private async Task LoadCommitment(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        Commitment = Outcome.Commitments.FirstOrDefault(c => c.Id == CommitmentId) ?? throw new NotFoundException("commitment");
    }
}
