using Engagement.Consultations.Application;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace Engagement.Host.Pages.Public.Consultation;

/// <summary>A paper of a consultation as a download, whatever it is, so that no browser shows it as a page of ours.</summary>
[AllowAnonymous]
public sealed class DocumentModel(IMediator mediator) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string slug, string documentId, CancellationToken cancellationToken)
    {
        if (!DocumentId.TryParse(documentId, provider: null, out var id))
        {
            return NotFound();
        }

        var file = await mediator.Send(new ReadPublicDocument(slug, id), cancellationToken);
        Response.Headers.CacheControl = "public, max-age=10";
        return new FileContentResult(file.Content, file.MediaType.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType)
        {
            FileDownloadName = file.Name,
            EntityTag = new EntityTagHeaderValue($"\"{file.Sha256}\""),
        };
    }
}
