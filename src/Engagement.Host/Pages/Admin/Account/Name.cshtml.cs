using Engagement.Access.Application.Account;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class NameModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Name { get; set; }

    public void OnGet() => Name = User.FindFirst("name")?.Value;

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        if (!(await this.SendOrShowErrors(mediator, new RenameSelf(Name), cancellationToken)).Succeeded)
        {
            return Page();
        }

        this.Done("Your name is changed.");
        return RedirectToPage("/Admin/Account/Index");
    }
}
