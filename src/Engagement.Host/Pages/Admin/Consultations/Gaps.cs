using Engagement.Consultations.Application;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>What still stands in the way, each with the page on which it is mended.</summary>
/// <param name="Address">Of the consultation.</param>
public sealed record Gaps(string Address, IReadOnlyList<ReadinessItem> Items)
{
    /// <summary>The page that mends it.</summary>
    public string AddressOf(ReadinessItem item) => item.Rule switch
    {
        "consultation/whyNow" or "consultation/whoDecides" or "consultation/whatHappensNext"
            or "consultation/whatCanChange" or "consultation/whatCannotChange" or "consultation/howAnswersCount" => $"{Address}/about",
        "consultation/gunning" or "consultation/charter" => $"{Address}/evidence/publication",
        "consultation/privacyNotice" or "consultation/privacyContact" => $"{Address}/privacy",
        "consultation/offlineRoute" or "consultation/alternativeFormats" or "consultation/easyRead" or "consultation/easyReadDocument" => $"{Address}/taking-part",
        "consultation/questionnaire" => $"{Address}/questionnaire",
        "consultation/engagement" => $"{Address}#engagement",
        _ => $"{Address}/dates",
    };
}
