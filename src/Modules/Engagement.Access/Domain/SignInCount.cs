namespace Engagement.Access.Domain;

/// <summary>Tries under one <see cref="SignInCounter"/>, counted in one statement before a password is looked at.</summary>
internal sealed class SignInCount
{
    /// <summary>A keyed hash of the counter's name.</summary>
    public byte[] Key { get; private init; } = [];

    public int Tries { get; private init; }

    public DateTimeOffset LastAt { get; private init; }

    public DateTimeOffset? BlockedUntil { get; private init; }
}
