using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Domain;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Admin.Engagements;

/// <summary>What the values of a plan are called on pages.</summary>
internal static class PlanWords
{
    /// <summary>Where the value's own name, in separate words, is not what people say.</summary>
    private static readonly Dictionary<Enum, string> Special = new()
    {
        [EngagementState.FedBack] = "Outcome published",
        [MaterialFormat.EasyRead] = "Easy Read",
        [MaterialFormat.Email] = "E-mail",
        [MaterialFormat.BritishSignLanguage] = "British Sign Language",
        [PublicityMedium.Email] = "E-mail",
        [MethodType.DropIn] = "Drop-in session",
        [MethodType.CoDesign] = "Co-design",
        [MethodType.VideoOrDiary] = "Video or diary",
        [MethodApproach.Quantitative] = "Quantitative: shows what people think",
        [MethodApproach.Qualitative] = "Qualitative: shows why they think it",
        [GovernanceBody.Other] = "Another body",
        [EngagementOrigin.Council] = "The council",
        [EngagementOrigin.Suggestion] = "A resident’s suggestion",
        [TargetDirection.AtLeast] = "At least this value",
        [TargetDirection.AtMost] = "At most this value",
        [ScreeningOutcome.FullAssessmentNeeded] = "A full assessment is needed",
        [ScreeningOutcome.NoFullAssessmentNeeded] = "No full assessment is needed",
        [ConsultationStatus.UnderConsideration] = "Being considered",
    };

    private static readonly Dictionary<ParticipationLevel, string> Promises = new()
    {
        [ParticipationLevel.Inform] = "We will keep you informed. Nothing is asked.",
        [ParticipationLevel.Consult] = "We will listen, and tell you how what you said influenced the decision.",
        [ParticipationLevel.Involve] = "We will work with you so that your concerns are reflected in the options.",
        [ParticipationLevel.Collaborate] = "We will look to you for advice, and share the writing of the proposal.",
        [ParticipationLevel.Empower] = "We will do what you decide.",
    };

    public static string Of(Enum value)
    {
        if (Special.TryGetValue(value, out var special))
        {
            return special;
        }

        var words = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            words.Append(words.Length > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString());
        }

        return words.ToString();
    }

    /// <summary>What the council promises at a level (after the spectrum of public participation of the IAP2).</summary>
    public static string PromiseOf(ParticipationLevel level) => Promises[level];

    /// <summary>Every value, for a list to choose from.</summary>
    public static IEnumerable<SelectListItem> Choices<T>()
        where T : struct, Enum => Enum.GetValues<T>().Select(v => new SelectListItem(Of(v), v.ToString()));

    /// <summary>The groups of a plan, for a list to choose from.</summary>
    public static IEnumerable<SelectListItem> Groups(EngagementPlan plan) => plan.TargetGroups.Select(g => new SelectListItem(g.Name, g.Key));

    /// <summary>The groups that a list of keys names, in the plan's own words.</summary>
    public static string GroupNames(EngagementPlan plan, IReadOnlyList<string> keys) =>
        string.Join(", ", keys.Select(k => plan.TargetGroups.FirstOrDefault(g => g.Key == k)?.Name ?? k));

    /// <summary>The colour of a state's tag; red is left for a problem.</summary>
    public static string? ColourOf(EngagementState state) => state switch
    {
        EngagementState.Idea => "grey",
        EngagementState.Planning => "yellow",
        EngagementState.InReview => "purple",
        EngagementState.Approved or EngagementState.FedBack => "teal",
        EngagementState.Live => "green",
        EngagementState.Cancelled => "orange",
        EngagementState.Evaluated => "grey",
        _ => null,
    };
}
