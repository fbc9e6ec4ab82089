using Engagement.Access.Application;

namespace Engagement.Host.Pages.Admin.Account;

/// <summary>What people call a role, and what it is for.</summary>
internal static class RoleName
{
    public static readonly IReadOnlyList<(string Code, string Name, string Purpose)> All =
    [
        ("officer", "Officer", "Plans engagements, prepares consultations, logs responses, writes outcomes"),
        ("approver", "Approver", "Approves what others wrote: plans, consultations, outcomes"),
        ("analyst", "Analyst", "Reads and codes responses, writes outcomes"),
        ("moderator", "Moderator", "Rules on late responses, clears quotations and outcomes"),
        ("member", "Member", "Reads plans, consultations and outcomes"),
        ("auditor", "Auditor", "Reads everything in the whole council, changes nothing"),
        ("administrator", "Administrator", "Does everything in the whole council, and gives others their roles"),
    ];

    public static string Of(string code) => All.FirstOrDefault(r => r.Code == code).Name ?? code;

    /// <summary>A role and where it is held, such as <c>Officer, everywhere</c>.</summary>
    public static string Of(RoleHeld held) => $"{Of(held.Role)}, {held.Place}";
}
