using Engagement.Access.Application.SigningIn;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Account;

/// <summary>The account of the officer who acts, and what they must prove before they change what protects it.</summary>
internal sealed class OwnAccount(IAccessDb db, ICurrentActor current, IPasswordHasher<Officer> hasher, SecondFactors factors, SignInTries tries, TimeProvider clock)
{
    private const int FreeTries = 10;

    public OfficerId Id => TypedId.TryParse<OfficerId>(current.Actor.Id, out var id) ? id : throw new NotFoundException("officer");

    public Task<Officer> Load(CancellationToken cancellationToken) => db.Officers.SingleAsync(o => o.Id == Id, cancellationToken);

    /// <exception cref="ValidationException">It is not the officer's password, or too many were tried.</exception>
    public async Task CheckPassword(Officer officer, string password, string field, CancellationToken cancellationToken)
    {
        SignInCounter[] counters = [new($"own-password/{officer.Id}", FreeTries)];
        var allowed = await tries.Count(counters, cancellationToken);
        if (hasher.VerifyHashedPassword(officer, officer.PasswordHash, PasswordRules.Normalise(password)) == PasswordVerificationResult.Failed || !allowed)
        {
            throw Wrong(field, allowed ? "This is not your present password" : "Too many wrong passwords were tried. Wait 15 minutes, then try again");
        }

        await tries.Forget(counters, cancellationToken);
    }

    /// <exception cref="ValidationException">The code does not fit, was used before, or too many were tried.</exception>
    public async Task CheckCode(Officer officer, string code, string field, CancellationToken cancellationToken)
    {
        SignInCounter[] counters = [new($"own-code/{officer.Id}", FreeTries)];
        if (!await tries.Count(counters, cancellationToken))
        {
            throw Wrong(field, "Too many wrong codes were tried. Wait 15 minutes, then try again");
        }

        if (!await factors.Accept(officer, code, cancellationToken))
        {
            throw Wrong(field, "This code does not fit or was used already. Enter the code that your app shows now, or a recovery code");
        }

        await tries.Forget(counters, cancellationToken);
    }

    /// <summary>
    /// A session in place of the present one, after a change that ended all of them. It keeps how far the second factor had come.
    /// </summary>
    /// <returns>The token for the cookie.</returns>
    public async Task<string> Reopen(Officer officer, SessionId present, SecondFactorStep? step, CancellationToken cancellationToken)
    {
        var before = await db.Sessions.AsNoTracking().SingleAsync(s => s.Id == present && s.OfficerId == officer.Id, cancellationToken);
        var (session, token) = Session.Open(officer, step ?? before.SecondFactor, before.Browser, clock.GetUtcNow());
        db.Sessions.Add(session);
        return token;
    }

    private static ValidationException Wrong(string field, string message) => new([new ValidationFailure(field, message)]);
}
