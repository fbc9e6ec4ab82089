using Engagement.Consultations.Domain.Notices;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>What the officers' pages call the things of a consultee.</summary>
public static class ConsulteeWords
{
    public static string Of(ConsulteeState state) => state switch
    {
        ConsulteeState.ToNotify => "To notify",
        ConsulteeState.NilReturn => "Nothing to say",
        ConsulteeState.NotApplicable => "Not applicable",
        _ => state.ToString(),
    };

    /// <summary>The colour of its tag; the words carry the meaning.</summary>
    public static string? ColourOf(ConsulteeState state) => state switch
    {
        ConsulteeState.ToNotify => "yellow",
        ConsulteeState.Answered or ConsulteeState.NilReturn => "green",
        ConsulteeState.NotApplicable => "grey",
        _ => null,
    };

    public static string Of(ConsulteeStep step) => step switch
    {
        ConsulteeStep.Notified => "They were notified",
        ConsulteeStep.Delivered => "The notification arrived",
        ConsulteeStep.Chased => "They were asked again",
        ConsulteeStep.Answered => "They answered",
        _ => "They answered that they have nothing to say",
    };
}
