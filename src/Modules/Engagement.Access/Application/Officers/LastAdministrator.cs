using Engagement.Access.Domain;
using Engagement.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <summary>Somebody must always be able to give rights.</summary>
internal static class LastAdministrator
{
    /// <exception cref="RuleBrokenException"><c>last-administrator</c>: nobody but this officer administers.</exception>
    public static async Task MustNotBe(Officer officer, IAccessDb db, CancellationToken cancellationToken)
    {
        if (officer.DisabledAt is null && officer.Assignments.Any(a => a.Role == "administrator")
            && !await db.Officers.AnyAsync(o => o.Id != officer.Id && o.DisabledAt == null && o.Assignments.Any(a => a.Role == "administrator"), cancellationToken))
        {
            throw new RuleBrokenException("last-administrator", "This is the last administrator: nobody could give rights afterwards. Make somebody else an administrator first.");
        }
    }
}
