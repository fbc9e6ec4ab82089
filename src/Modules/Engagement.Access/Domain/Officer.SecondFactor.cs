using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>The second factor: an authenticator app, and codes on paper for the day on which it is lost.</summary>
internal sealed partial class Officer
{
    /// <summary>What the app shares with the program, encrypted by the master key; null while there is no second factor.</summary>
    public byte[]? SecondFactorSecret { get; private set; }

    public DateTimeOffset? SecondFactorSince { get; private set; }

    /// <summary>The last step whose code was taken: each is taken once. Written where it is taken, in one statement.</summary>
    public long SecondFactorStep { get; private set; }

    /// <summary>SHA-256 of each recovery code that has not been used, lower-case hexadecimal.</summary>
    public string[] RecoveryCodeHashes { get; private set; } = [];

    public bool HasSecondFactor => SecondFactorSecret is not null;

    /// <param name="step">The step of the code that proved that the app is there; it does not count again.</param>
    public void SetUpSecondFactor(byte[] encryptedSecret, long step, IEnumerable<string> recoveryCodes, DateTimeOffset now)
    {
        if (HasSecondFactor)
        {
            throw new RuleBrokenException("second-factor-is-set-up", "Your account has a second factor already. Switch it off before you set up another.");
        }

        SecondFactorSecret = encryptedSecret;
        SecondFactorSince = now;
        SecondFactorStep = step;
        RecoveryCodeHashes = [.. recoveryCodes.Select(RecoveryCodes.HashOf)];
        EndSessions();
        Raise(new SecondFactorSetUp(Id, now));
    }

    /// <returns>False when the code is none of the officer's, or was used before.</returns>
    public bool UseRecoveryCode(string code, DateTimeOffset now)
    {
        var hash = RecoveryCodes.HashOf(code);
        if (!RecoveryCodeHashes.Contains(hash, StringComparer.Ordinal))
        {
            return false;
        }

        RecoveryCodeHashes = [.. RecoveryCodeHashes.Where(h => h != hash)];
        Raise(new RecoveryCodeUsed(Id, RecoveryCodeHashes.Length, now));
        return true;
    }

    public void ReplaceRecoveryCodes(IEnumerable<string> codes, DateTimeOffset now)
    {
        RequireSecondFactor();
        RecoveryCodeHashes = [.. codes.Select(RecoveryCodes.HashOf)];
        Raise(new RecoveryCodesReplaced(Id, now));
    }

    public void SwitchOffSecondFactor(DateTimeOffset now)
    {
        RequireSecondFactor();
        RemoveSecondFactor();
        Raise(new SecondFactorSwitchedOff(Id, now));
    }

    /// <summary>Somebody has lost app and codes. Whoever signs in next needs the password alone, so every session ends and the reason is kept.</summary>
    public void ResetSecondFactor(string reason, DateTimeOffset now)
    {
        if (!HasSecondFactor)
        {
            return;
        }

        RemoveSecondFactor();
        Raise(new SecondFactorReset(Id, reason, now));
    }

    private void RemoveSecondFactor()
    {
        SecondFactorSecret = null;
        SecondFactorSince = null;
        RecoveryCodeHashes = [];
        EndSessions();
    }

    private void RequireSecondFactor()
    {
        if (!HasSecondFactor)
        {
            throw new RuleBrokenException("no-second-factor", "Your account has no second factor. Set one up first.");
        }
    }
}
