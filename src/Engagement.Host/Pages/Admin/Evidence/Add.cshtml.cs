using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Evidence;

/// <summary>Adds one item of evidence.</summary>
[Authorize("consultations:write")]
public sealed class AddModel(IMediator mediator, TimeProvider clock) : EvidencePage(mediator, clock)
{
    [BindProperty(SupportsGet = true)]
    public string? Practice { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Link { get; set; }

    /// <summary>The id of a paper.</summary>
    [BindProperty]
    public string? Document { get; set; }

    public IEnumerable<SelectListItem> Practices => Assurance.Practices.Select(p => new SelectListItem(p.Name, p.Key));

    public IEnumerable<SelectListItem> Papers => Consultation.Documents.Select(d => new SelectListItem($"{d.Name} (version {d.Version})", d.Id.ToString()));

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAssurance(cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAssurance(cancellationToken);
        if (string.IsNullOrEmpty(Practice))
        {
            ModelState.AddModelError(nameof(Practice), "Choose a principle or practice");
        }

        DocumentId? document = Guid.TryParse(Document, out var id) ? new DocumentId(id) : null;
        var sent = await this.SendOrShowErrors(Mediator, new AddEvidence(Id, Practice ?? "", Text ?? "", Link, document), cancellationToken);
        if (!sent.Succeeded)
        {
            return Page();
        }

        this.Done("The evidence is added.");
        return Redirect(EvidenceAddress);
    }
}
