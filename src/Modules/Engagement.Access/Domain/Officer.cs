using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

/// <summary>Somebody of the council who works with the system under an account of their own.</summary>
internal sealed class Officer : AggregateRoot
{
    private Officer()
    {
    }

    public OfficerId Id { get; private init; }

    public override Guid Identity => Id.Value;

    public string Email { get; private init; } = "";

    /// <summary>The address in lower case: one account for each, however it is typed.</summary>
    public string NormalisedEmail { get; private init; } = "";

    public string Name { get; private init; } = "";

    public string[] Roles { get; private set; } = [];

    /// <summary>PBKDF2, in the format of ASP.NET Core Identity.</summary>
    public string PasswordHash { get; private set; } = "";

    /// <summary>True of a password that somebody else knew: the first one, and one that an administrator reset.</summary>
    public bool MustChangePassword { get; private set; }

    /// <summary>Changes when every session that was opened before must end.</summary>
    public Guid SecurityStamp { get; private set; }

    public DateTimeOffset? DisabledAt { get; private set; }

    /// <param name="mustChangePassword">False only where the password is meant to be known to many, as in the demonstration.</param>
    public static Officer Create(
        string email, string name, IEnumerable<OfficerRole> roles, Func<Officer, string> hashPassword, bool mustChangePassword, DateTimeOffset now)
    {
        var officer = new Officer
        {
            Id = OfficerId.New(),
            Email = email.Trim(),
            NormalisedEmail = Normalise(email),
            Name = name.Trim(),
            Roles = [.. roles.Select(r => r.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            MustChangePassword = mustChangePassword,
            SecurityStamp = Guid.CreateVersion7(),
        };
        officer.PasswordHash = hashPassword(officer);
        officer.Raise(new OfficerCreated(officer.Id, officer.Roles, now));
        return officer;
    }

    public static string Normalise(string email) => email.Trim().ToLowerInvariant();
}

internal sealed record OfficerCreated(OfficerId Id, IReadOnlyList<string> Roles, DateTimeOffset At) : IDomainEvent;
