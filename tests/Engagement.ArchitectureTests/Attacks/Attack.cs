namespace Engagement.ArchitectureTests.Attacks;

/// <summary>One case of the list of attacks that the system must withstand.</summary>
/// <param name="Title">The attempt, in a line.</param>
/// <param name="NotHere">Why the case cannot arise: what it would attack does not exist. Null where tests show the answer.</param>
/// <param name="Differs">Where this contract answers in another way than the list proposes, how and why.</param>
internal sealed record Attack(string Id, string Title, string? NotHere = null, string? Differs = null)
{
    /// <summary>Every case, section by section. An id is never used again for another case.</summary>
    public static readonly IReadOnlyList<Attack> All =
    [
        .. AccessAttacks.All, .. IdentityAttacks.All, .. ContentAttacks.All, .. OutgoingAttacks.All,
        .. RuleAttacks.All, .. PrivacyAttacks.All, .. ExhaustionAttacks.All, .. InventoryAttacks.All,
    ];
}
