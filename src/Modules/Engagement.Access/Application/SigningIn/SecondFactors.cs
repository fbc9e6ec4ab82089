using Engagement.Access.Domain;
using Engagement.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.SigningIn;

/// <summary>Checks codes of the authenticator app and recovery codes.</summary>
internal sealed class SecondFactors(IAccessDb db, MasterKey masterKey, TimeProvider clock)
{
    private const string Purpose = "second-factor";

    public byte[] Encrypt(byte[] secret) => masterKey.Encrypt(Purpose, secret);

    /// <summary>Each code is accepted once. A recovery code that was accepted is gone with the next save.</summary>
    public async Task<bool> Accept(Officer officer, string code, CancellationToken cancellationToken)
    {
        if (officer.SecondFactorSecret is null)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        if (OneTimeCode.Match(masterKey.Decrypt(Purpose, officer.SecondFactorSecret), code, now) is not { } step)
        {
            return officer.UseRecoveryCode(code, now);
        }

        // In one statement, so that of two who show the same code at the same moment one is refused.
        return await db.Officers.Where(o => o.Id == officer.Id && o.SecondFactorStep < step)
            .ExecuteUpdateAsync(o => o.SetProperty(x => x.SecondFactorStep, step), cancellationToken) == 1;
    }
}
