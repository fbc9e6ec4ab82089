using System.Security.Cryptography;
using System.Text;
using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>Somebody of the council who works with the system under an account of their own. The other half of the class is the second factor.</summary>
internal sealed partial class Officer : AggregateRoot
{
    /// <summary>How long the link of a forgotten password works.</summary>
    public static readonly TimeSpan ResetLinkLifetime = TimeSpan.FromMinutes(30);

    private readonly List<Assignment> assignments = [];

    private Officer()
    {
    }

    public OfficerId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public string Email { get; private init; } = "";

    /// <summary>The address in lower case: one account for each, however it is typed.</summary>
    public string NormalisedEmail { get; private init; } = "";

    public string Name { get; private set; } = "";

    /// <summary>What the officer does, and where.</summary>
    public IReadOnlyList<Assignment> Assignments => assignments;

    /// <summary>PBKDF2, in the format of ASP.NET Core Identity.</summary>
    public string PasswordHash { get; private set; } = "";

    /// <summary>True of a password that somebody else knew: the first one, and one that an administrator reset.</summary>
    public bool MustChangePassword { get; private set; }

    /// <summary>Changes when every session that was opened before must end.</summary>
    public Guid SecurityStamp { get; private set; }

    public DateTimeOffset? DisabledAt { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>SHA-256 of what the link of a forgotten password carries; null while no link works.</summary>
    public byte[]? ResetTokenHash { get; private set; }

    public DateTimeOffset? ResetExpiresAt { get; private set; }

    /// <param name="mustChangePassword">False only where the password is meant to be known to many, as in the demonstration.</param>
    public static Officer Create(
        string email, string name, IEnumerable<Assignment> assignments, Func<Officer, string> hashPassword, bool mustChangePassword, DateTimeOffset now)
    {
        var officer = new Officer
        {
            Id = OfficerId.New(),
            Email = email.Trim(),
            NormalisedEmail = Normalise(email),
            Name = name.Trim(),
            MustChangePassword = mustChangePassword,
            SecurityStamp = Guid.CreateVersion7(),
            CreatedAt = now,
        };
        officer.PasswordHash = hashPassword(officer);
        officer.assignments.AddRange(assignments.DistinctBy(a => a.Described, StringComparer.Ordinal));
        officer.Raise(new OfficerCreated(officer.Id, officer.Describe(), now));
        return officer;
    }

    public static string Normalise(string email) => email.Trim().ToLowerInvariant();

    /// <summary>Takes these in place of all that the officer had.</summary>
    public void Assign(IEnumerable<Assignment> given, DateTimeOffset now)
    {
        var wanted = given.DistinctBy(a => a.Described, StringComparer.Ordinal).ToList();
        var before = Describe();
        assignments.RemoveAll(a => !wanted.Exists(w => w.Described == a.Described));
        assignments.AddRange(wanted.Where(w => !assignments.Exists(a => a.Described == w.Described)));
        var after = Describe();
        if (!before.SequenceEqual(after, StringComparer.Ordinal))
        {
            Raise(new OfficerAssigned(Id, before, after, now));
        }
    }

    /// <summary>The officer's team has become part of another one.</summary>
    public void FollowTeam(TeamId team, TeamId successor, DateTimeOffset now) =>
        Assign([.. assignments.Select(a => a.TeamId == team ? Assignment.Of(a.Role, successor) : a)], now);

    public void Rename(string name, DateTimeOffset now)
    {
        if (Name == name.Trim())
        {
            return;
        }

        Name = name.Trim();
        Raise(new OfficerRenamed(Id, now));
    }

    /// <summary>The officer's own new password. Every session opened before ends, and no link of a forgotten one works any more.</summary>
    public void ChangePassword(string hash, DateTimeOffset now)
    {
        TakePassword(hash, mustChange: false);
        Raise(new PasswordChanged(Id, now));
    }

    /// <summary>A password that an administrator hands over; the officer changes it at the next sign-in.</summary>
    public void ResetPassword(string hash, DateTimeOffset now)
    {
        TakePassword(hash, mustChange: true);
        Raise(new PasswordReset(Id, now));
    }

    /// <returns>What the link carries: 256 random bits. An earlier link works no more.</returns>
    public string OfferReset(DateTimeOffset now)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        ResetTokenHash = HashOfResetToken(token);
        ResetExpiresAt = now + ResetLinkLifetime;
        Raise(new PasswordResetOffered(Id, now));
        return token;
    }

    public bool CanBeResetBy(string token, DateTimeOffset now) =>
        DisabledAt is null && ResetTokenHash is not null && now < ResetExpiresAt && CryptographicOperations.FixedTimeEquals(ResetTokenHash, HashOfResetToken(token));

    /// <summary>The same password hashed as it is done today.</summary>
    public void Rehash(string hash) => PasswordHash = hash;

    public void Disable(string reason, DateTimeOffset now)
    {
        if (DisabledAt is not null)
        {
            return;
        }

        DisabledAt = now;
        EndSessions();
        Raise(new OfficerDisabled(Id, reason, now));
    }

    public void Enable(string reason, DateTimeOffset now)
    {
        if (DisabledAt is null)
        {
            return;
        }

        DisabledAt = null;
        Raise(new OfficerEnabled(Id, reason, now));
    }

    public static byte[] HashOfResetToken(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private List<string> Describe() => [.. assignments.Select(a => a.Described).Order(StringComparer.Ordinal)];

    private void TakePassword(string hash, bool mustChange)
    {
        PasswordHash = hash;
        MustChangePassword = mustChange;
        ResetTokenHash = null;
        ResetExpiresAt = null;
        EndSessions();
    }

    private void EndSessions() => SecurityStamp = Guid.CreateVersion7();
}
