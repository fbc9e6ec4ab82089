using Engagement.Access.Api;
using Engagement.Access.Application.Account;
using Engagement.Kernel;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;

namespace Engagement.Host.Pages.Admin.Account;

[Authorize(OfficerClaims.Policy)]
public sealed class SecondFactorModel(IMediator mediator) : PageModel
{
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Sealed { get; set; }

    /// <summary>Null while there is no second factor.</summary>
    public DateTimeOffset? Since { get; private set; }

    /// <summary>A secret to be put into an app; null where there is a second factor.</summary>
    public SecondFactorOffer? Offer { get; private set; }

    /// <summary>Shown once, right after they were made.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public bool IsDuty => User.HasClaim(c => c.Type == OfficerClaims.Duty);

    /// <summary>The QR code as a PNG inside the page: no other request carries the secret.</summary>
    public string Picture
    {
        get
        {
            using var data = QRCodeGenerator.GenerateQrCode(Offer!.Address, QRCodeGenerator.ECCLevel.M);
            using var code = new PngByteQRCode(data);
            return $"data:image/png;base64,{Convert.ToBase64String(code.GetGraphic(pixelsPerModule: 6))}";
        }
    }

    /// <summary>In groups of four, as people read it.</summary>
    public string SecretInGroups => string.Join(' ', Offer!.Secret.Chunk(4).Select(c => new string(c)));

    public async Task OnGet(CancellationToken cancellationToken)
    {
        Since = (await mediator.Send(new ShowOwnAccount(User.Session()), cancellationToken)).SecondFactorSince;
        Offer = Since is null ? await mediator.Send(new OfferSecondFactor(), cancellationToken) : null;
    }

    public async Task<IActionResult> OnPost(CancellationToken cancellationToken)
    {
        var sent = await this.SendOrShowErrors(mediator, new SetUpSecondFactor(User.Session(), Sealed ?? "", Code), cancellationToken);
        if (sent.Succeeded)
        {
            OfficerCookie.Write(Response, sent.Value!.Token);
            RecoveryCodes = sent.Value.RecoveryCodes;
            return Page();
        }

        try
        {
            // The same secret again: the app holds it already.
            Offer = await mediator.Send(new ShowSecondFactorOffer(Sealed ?? ""), cancellationToken);
        }
        catch (RuleBrokenException)
        {
            // Too old; the error says so, and the page shows a new one.
            Offer = await mediator.Send(new OfferSecondFactor(), cancellationToken);
        }

        return Page();
    }
}
