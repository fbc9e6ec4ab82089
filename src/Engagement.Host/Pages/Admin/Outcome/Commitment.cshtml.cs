using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>Adds a commitment, or says one in other words.</summary>
[Authorize("outcomes:write")]
public sealed class CommitmentModel(IMediator mediator) : OutcomePage(mediator)
{
    /// <summary>Null for a new one.</summary>
    [FromRoute]
    public CommitmentId? CommitmentId { get; set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public string? Promise { get; set; }

    [BindProperty]
    public DateInput DueOn { get; set; } = new();

    [BindProperty]
    public string? Owner { get; set; }

    public CommitmentView? Commitment { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        await LoadCommitment(cancellationToken);
        Version = Outcome.Version;
        if (Commitment is not null)
        {
            (Promise, DueOn, Owner) = (Commitment.Text, DateInput.From(Commitment.DueOn), Commitment.Owner);
        }
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var dueOn = DueOn.Read(ModelState, nameof(DueOn), "The due date", required: true);
        return await Send(
            new PromiseCommitment(Id, new CommitmentText(Text(Promise), dueOn ?? default, Text(Owner), CommitmentId), CommitmentId is null ? null : Version),
            "The commitment is saved.",
            cancellationToken);
    }

    public async Task<IActionResult> OnPostDropAsync(CancellationToken cancellationToken) =>
        CommitmentId is { } id ? await Send(new DropCommitment(Id, id, Version), "The commitment is taken out.", cancellationToken) : NotFound();

    private async Task<IActionResult> Send<T>(IRequest<T> request, string done, CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(Mediator, request, cancellationToken, member => member switch
        {
            "Commitment.Text" => nameof(Promise),
            "Commitment.Owner" => nameof(Owner),
            "commitment-due-in-the-past" => nameof(DueOn),
            _ => null,
        });
        if (sent.Succeeded)
        {
            this.Done(done);
            return Redirect($"{Address}/commitments");
        }

        await LoadCommitment(cancellationToken);
        Version = GoOnWith(nameof(Version), Version, Outcome.Version);
        return Page();
    }

    private async Task LoadCommitment(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        if (CommitmentId is { } id)
        {
            Commitment = Outcome.Commitments.FirstOrDefault(c => c.Id == id) ?? throw new NotFoundException("commitment");
        }
    }
}
