namespace Engagement.Access.Application;

/// <summary>Whose account is open only with a second factor.</summary>
internal static class SecondFactorRule
{
    private static readonly string[] Weighty = ["administrator", "approver"];

    /// <param name="roles">Held anywhere.</param>
    public static bool Demands(SecondFactorFor whom, IEnumerable<string> roles) => whom switch
    {
        SecondFactorFor.Everybody => true,
        SecondFactorFor.AdministratorsAndApprovers => roles.Intersect(Weighty, StringComparer.Ordinal).Any(),
        _ => false,
    };
}
