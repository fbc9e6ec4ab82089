using Engagement.Host.Pages.Public.Respond;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Receipt;

/// <summary>What the pages of a receipt share: the response that the cookie proves to be one's own.</summary>
public abstract class ReceiptPage(IMediator mediator) : PageModel
{
    /// <summary>Null where there is no receipt, or one that leads nowhere.</summary>
    public OwnResponse? Own { get; private set; }

    protected IMediator Mediator => mediator;

    protected string? Secret => Request.Cookies[RespondCookies.Receipt];

    protected Task<bool> Find(CancellationToken cancellationToken) => Find(Secret, cancellationToken);

    protected async Task<bool> Find(string? secret, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return false;
        }

        try
        {
            Own = await mediator.Send(new ShowReceipt(secret), cancellationToken);
            return true;
        }
        catch (NotFoundException)
        {
            // A wrong code is not a page that is missing: the page asks for the code again.
            return false;
        }
    }
}
