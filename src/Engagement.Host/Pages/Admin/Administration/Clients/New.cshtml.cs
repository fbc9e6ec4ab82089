using Engagement.Access.Application.Clients;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Administration.Clients;

[Authorize("administration:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public List<string> Scopes { get; set; } = [];

    /// <summary>With the secret, shown once.</summary>
    public CreatedApiClient? Created { get; private set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task OnPost(CancellationToken cancellationToken) =>
        Created = (await this.SendOrShowErrors(
            mediator, new CreateApiClient(Name, Scopes), cancellationToken, field => field.StartsWith("Scopes", StringComparison.Ordinal) ? nameof(Scopes) : field)).Value;
}
