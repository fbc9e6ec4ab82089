using System.Globalization;
using System.Security.Cryptography;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Application.Account;

/// <summary>A new secret for an authenticator app. Nothing is kept of it: the form that shows it carries it back, sealed.</summary>
[RequiresOfficer]
public sealed record OfferSecondFactor : IQuery<SecondFactorOffer>;

/// <param name="Secret">To be typed where no picture can be scanned: base 32.</param>
/// <param name="Address">What the picture says: <c>otpauth://totp/…</c>.</param>
/// <param name="Sealed">For the form: the secret, encrypted, bound to the officer.</param>
public sealed record SecondFactorOffer(string Secret, string Address, string Sealed);

/// <summary>The same offer again, after a code that did not fit: the app holds the secret already.</summary>
[RequiresOfficer]
public sealed record ShowSecondFactorOffer(string Sealed) : IQuery<SecondFactorOffer>;

internal sealed class OfferSecondFactorHandler(IAccessDb db, OwnAccount own, MasterKey masterKey, TimeProvider clock, IOptions<AccessOptions> options)
    : IRequestHandler<OfferSecondFactor, SecondFactorOffer>, IRequestHandler<ShowSecondFactorOffer, SecondFactorOffer>
{
    public Task<SecondFactorOffer> Handle(OfferSecondFactor request, CancellationToken cancellationToken)
    {
        var secret = OneTimeCode.NewSecret();
        return Describe(secret, SealedSecret.Seal(masterKey, own.Id, secret, clock.GetUtcNow()), cancellationToken);
    }

    public Task<SecondFactorOffer> Handle(ShowSecondFactorOffer request, CancellationToken cancellationToken) =>
        Describe(SealedSecret.Open(masterKey, own.Id, request.Sealed, clock.GetUtcNow()), request.Sealed, cancellationToken);

    private async Task<SecondFactorOffer> Describe(byte[] secret, string @sealed, CancellationToken cancellationToken)
    {
        var email = await db.Officers.Where(o => o.Id == own.Id).Select(o => o.Email).SingleAsync(cancellationToken);
        var text = OneTimeCode.Base32(secret);
        var issuer = Uri.EscapeDataString(options.Value.ServiceName);
        return new SecondFactorOffer(text, $"otpauth://totp/{issuer}:{Uri.EscapeDataString(email)}?secret={text}&issuer={issuer}&algorithm=SHA1&digits={OneTimeCode.Digits}&period=30", @sealed);
    }
}

/// <summary>Makes the app the second factor once it has shown a code that fits. Sessions elsewhere end.</summary>
/// <param name="Sealed">From the offer.</param>
[RequiresOfficer]
public sealed record SetUpSecondFactor(SessionId Present, string Sealed, string? Code) : ICommand<SecondFactorReady>;

/// <param name="Token">Under which the present session goes on.</param>
/// <param name="RecoveryCodes">Shown once; only their hashes are kept.</param>
public sealed record SecondFactorReady(string Token, IReadOnlyList<string> RecoveryCodes);

internal sealed class SetUpSecondFactorValidator : AbstractValidator<SetUpSecondFactor>
{
    public SetUpSecondFactorValidator() => RuleFor(c => c.Code).NotEmpty().WithMessage("Enter the code that your app shows");
}

internal sealed class SetUpSecondFactorHandler(IAccessDb db, OwnAccount own, SecondFactors factors, MasterKey masterKey, TimeProvider clock)
    : IRequestHandler<SetUpSecondFactor, SecondFactorReady>
{
    public async Task<SecondFactorReady> Handle(SetUpSecondFactor request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var officer = await own.Load(cancellationToken);
        var secret = SealedSecret.Open(masterKey, officer.Id, request.Sealed, now);
        var step = OneTimeCode.Match(secret, request.Code!, now)
            ?? throw new ValidationException([new ValidationFailure(nameof(request.Code), "This code does not fit. Enter the code that your app shows now; check that the time of your telephone is right")]);
        var codes = RecoveryCodes.New();
        officer.SetUpSecondFactor(factors.Encrypt(secret), step, codes, now);
        var token = await own.Reopen(officer, request.Present, SecondFactorStep.Given, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new SecondFactorReady(token, codes);
    }
}

/// <summary>A secret that is not in use yet, on its way through a form: for one officer and half an hour.</summary>
internal static class SealedSecret
{
    private const string Purpose = "second-factor-offer";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static string Seal(MasterKey masterKey, OfficerId officer, byte[] secret, DateTimeOffset now) => Convert.ToBase64String(
        masterKey.Encrypt(Purpose, string.Create(CultureInfo.InvariantCulture, $"{officer}/{(now + Lifetime).ToUnixTimeSeconds()}/{Convert.ToHexStringLower(secret)}")));

    /// <exception cref="RuleBrokenException"><c>second-factor-offer-is-over</c>.</exception>
    public static byte[] Open(MasterKey masterKey, OfficerId officer, string @sealed, DateTimeOffset now)
    {
        try
        {
            if (masterKey.DecryptText(Purpose, Convert.FromBase64String(@sealed)).Split('/') is [var whose, var until, var secret]
                && whose == officer.ToString() && now.ToUnixTimeSeconds() < long.Parse(until, CultureInfo.InvariantCulture))
            {
                return Convert.FromHexString(secret);
            }
        }
        catch (Exception error) when (error is CryptographicException or FormatException or OverflowException)
        {
            // Not ours, or changed: the same as one that is too old.
        }

        throw new RuleBrokenException("second-factor-offer-is-over", "This page was open for too long. Start again: the picture and the secret are new then, so remove the old entry from your app.");
    }
}
