using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Engagement.Access.Application.SigningIn;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Api;

/// <summary>Recognises an officer by the session's cookie, asks the database about it on every request, and shows others the way in.</summary>
internal sealed class OfficerAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string SignInPath = "/admin/sign-in";

    /// <summary>Where an officer who owes something is sent, whatever page they asked for.</summary>
    private static readonly Dictionary<AccountDuty, (string Claim, string Path)> Duties = new()
    {
        [AccountDuty.ChangePassword] = ("change-password", "/admin/account/password"),
        [AccountDuty.SetUpSecondFactor] = ("set-up-second-factor", "/admin/account/second-factor"),
    };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (OfficerCookie.Read(Request) is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        var services = Context.RequestServices;
        if (await services.GetRequiredService<IMediator>().Send(new ResumeSession(token), Context.RequestAborted) is not { } session)
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        services.GetRequiredService<CurrentActor>().Become(
            new Actor(ActorKind.Officer, session.Officer.ToString()), ProblemTypes.CorrelationOf(Context), session.Everywhere, session.InPlaces);
        var identity = new ClaimsIdentity(ClaimsOf(session), Scheme.Name, "name", "role");
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    /// <summary>To the sign-in page, and from there back to the page that was asked for. What a form held is not carried along.</summary>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Redirect(SignInPath + QueryString.Create("returnUrl", Request.PathBase + Request.Path + Request.QueryString));
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (Duties.Values.FirstOrDefault(d => Context.User.HasClaim(OfficerClaims.Duty, d.Claim)).Path is { } path)
        {
            Response.Redirect(path);
            return Task.CompletedTask;
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static IEnumerable<Claim> ClaimsOf(ResumedSession session) =>
    [
        new("sub", session.Officer.ToString()),
        new("name", session.Name),
        new(OfficerClaims.Session, session.Id.ToString()),
        new(OfficerClaims.SessionExpires, session.ExpiresAt.ToString("O", CultureInfo.InvariantCulture)),
        new(OfficerClaims.SessionEnds, session.EndsAt.ToString("O", CultureInfo.InvariantCulture)),
        .. session.Everywhere.Select(s => new Claim("scope", s)),
        .. session.InPlaces.Select(p => p.Scope).Distinct(StringComparer.Ordinal).Select(s => new Claim(OfficerClaims.ScopeSomewhere, s)),
        .. Duties.TryGetValue(session.Duty, out var duty) ? [new Claim(OfficerClaims.Duty, duty.Claim)] : Array.Empty<Claim>(),
    ];
}
