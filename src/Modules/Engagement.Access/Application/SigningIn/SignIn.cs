using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// Exchanges an e-mail address and a password for a new session. Null when nobody is let in, whatever the reason is: no such account, a
/// wrong password, too many tries or an account that was disabled look the same and take the same time.
/// </summary>
[AllowsAnyone]
public sealed record SignIn(string? Email, string? Password, SignInOrigin Origin) : ICommand<SignedIn?>;

/// <param name="Token">For the session's cookie.</param>
/// <param name="AwaitsCode">The session opens nothing until the second factor has been given.</param>
/// <param name="Device">By which the browser is known next time; null while the code is awaited.</param>
public sealed record SignedIn(string Token, bool AwaitsCode, string? Device);

internal sealed class SignInValidator : AbstractValidator<SignIn>
{
    public SignInValidator()
    {
        RuleFor(s => s.Email).NotEmpty().WithMessage("Enter your e-mail address");
        RuleFor(s => s.Password).NotEmpty().WithMessage("Enter your password");
    }
}

internal sealed partial class SignInHandler(
    IAccessDb db, IPasswordHasher<Officer> hasher, DecoyPassword decoy, SignInTries tries, KnownDevices devices, TimeProvider clock, ILogger<SignInHandler> logger)
    : IRequestHandler<SignIn, SignedIn?>
{
    public async Task<SignedIn?> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var email = Officer.Normalise(request.Email!);
        var officer = await db.Officers.SingleOrDefaultAsync(o => o.NormalisedEmail == email, cancellationToken);
        var counters = tries.CountersOf(email, officer?.Id, request.Origin);
        var allowed = await tries.Count(counters, cancellationToken);

        // Hashed in every case: the answer takes the same time.
        var password = PasswordRules.Normalise(request.Password!);
        var verified = officer is null ? decoy.Verify(password) : hasher.VerifyHashedPassword(officer, officer.PasswordHash, password);
        if (officer is null || !allowed || verified == PasswordVerificationResult.Failed || officer.DisabledAt is not null)
        {
            Refused(officer?.Id.ToString() ?? "nobody's account", !allowed ? "too many tries" : officer?.DisabledAt is not null ? "disabled" : "wrong");
            return null;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            officer.Rehash(hasher.HashPassword(officer, password));
        }

        var step = officer.HasSecondFactor ? SecondFactorStep.Awaited : SecondFactorStep.None;
        var (session, token) = Session.Open(officer, step, request.Origin.Browser, clock.GetUtcNow());
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        if (officer.HasSecondFactor)
        {
            return new SignedIn(token, AwaitsCode: true, Device: null);
        }

        await tries.Forget(counters, cancellationToken);
        In(officer.Id.ToString());
        return new SignedIn(token, AwaitsCode: false, devices.New(officer.Id));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Officer {Officer} signed in.")]
    private partial void In(string officer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A sign-in as {Officer} was refused: {Reason}.")]
    private partial void Refused(string officer, string reason);
}

/// <summary>A password that nobody has: it is checked where there is no account, so that the answer takes as long.</summary>
internal sealed class DecoyPassword(IPasswordHasher<Officer> hasher)
{
    private readonly Lazy<string> hash = new(() => hasher.HashPassword(null!, Guid.CreateVersion7().ToString()));

    public PasswordVerificationResult Verify(string password)
    {
        hasher.VerifyHashedPassword(null!, hash.Value, password);
        return PasswordVerificationResult.Failed;
    }
}
