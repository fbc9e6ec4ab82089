using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Security;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Engagement.Access.Application.SigningIn;

/// <summary>
/// The second step of a sign-in: a code of the authenticator app, or one of the recovery codes. The session becomes another one under
/// another token. Null when the code does not fit, was used before, or too many were tried.
/// </summary>
/// <param name="Token">Of the session that awaits the code.</param>
[AllowsAnyone]
public sealed record GiveCode(string Token, string? Code, SignInOrigin Origin) : ICommand<SignedIn?>;

internal sealed class GiveCodeValidator : AbstractValidator<GiveCode>
{
    public GiveCodeValidator() => RuleFor(c => c.Code).NotEmpty().WithMessage("Enter the code that your app shows, or a recovery code");
}

internal sealed partial class GiveCodeHandler(
    IAccessDb db, SecondFactors factors, SignInTries tries, KnownDevices devices, CurrentActor current, TimeProvider clock, ILogger<GiveCodeHandler> logger)
    : IRequestHandler<GiveCode, SignedIn?>
{
    public async Task<SignedIn?> Handle(GiveCode request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var hash = Session.HashOf(request.Token);
        var awaiting = await db.Sessions.SingleOrDefaultAsync(
            s => s.TokenHash == hash && s.SecondFactor == SecondFactorStep.Awaited && s.RevokedAt == null && s.ExpiresAt > now, cancellationToken)
            ?? throw new NotFoundException("sign-in");
        var officer = await db.Officers.SingleAsync(o => o.Id == awaiting.OfficerId, cancellationToken);
        if (officer.DisabledAt is not null || officer.SecurityStamp != awaiting.SecurityStamp)
        {
            throw new NotFoundException("sign-in");
        }

        var counters = tries.CountersOf($"code/{officer.Id}", officer.Id, request.Origin);
        current.Become(new Actor(ActorKind.Officer, officer.Id.ToString()), current.RequestId);
        if (!await tries.Count(counters, cancellationToken) || !await factors.Accept(officer, request.Code!, cancellationToken))
        {
            Refused(officer.Id.ToString());
            return null;
        }

        awaiting.Revoke(now);
        var (session, token) = Session.Open(officer, SecondFactorStep.Given, request.Origin.Browser, now);
        db.Sessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        await tries.Forget([.. counters, .. tries.CountersOf(officer.NormalisedEmail, officer.Id, request.Origin)], cancellationToken);
        In(officer.Id.ToString());
        return new SignedIn(token, AwaitsCode: false, devices.New(officer.Id));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Officer {Officer} signed in with a second factor.")]
    private partial void In(string officer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The second factor of officer {Officer} was refused.")]
    private partial void Refused(string officer);
}
