using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain.Assurance;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>What was checked on the way, signed by somebody who wrote none of it.</summary>
[Authorize("consultations:read")]
public sealed class CheckpointsModel(IMediator mediator, TimeProvider clock) : EvidencePage(mediator, clock)
{
    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Remark { get; set; }

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAssurance(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<CheckpointKind>(Kind, out var kind))
        {
            ModelState.AddModelError(nameof(Kind), "Choose what you have checked");
        }

        var sent = await this.SendOrShowErrors(Mediator, new SignCheckpoint(Id, kind, Remark), cancellationToken, member => member switch
        {
            nameof(Remark) => nameof(Remark),
            "nothing-to-check" => nameof(Kind),
            _ => null,
        });
        if (!sent.Succeeded)
        {
            await LoadAssurance(cancellationToken);
            return Page();
        }

        this.Done($"Signed: {Words(kind)}.");
        return Redirect($"{EvidenceAddress}/checkpoints");
    }

    public static string WhatIsChecked(CheckpointKind kind) => kind switch
    {
        CheckpointKind.Scope => "What is asked, what is open, what is decided already",
        CheckpointKind.Plan => "The plan of the engagement",
        CheckpointKind.Documents => "Everything that people can read, in its present versions",
        CheckpointKind.MidPoint => "The review at the middle, once it is recorded",
        CheckpointKind.ClosingDate => "When it closes, extensions included",
        _ => "The report on the responses, once every free text is read and grouped",
    };
}
