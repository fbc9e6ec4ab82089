using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:write")]
public sealed class PromiseModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public string? OutcomeDueWeeks { get; set; }

    [BindProperty]
    public string Threshold { get; set; } = EveryTheme;

    [BindProperty]
    public string? ThresholdResponses { get; set; }

    [BindProperty]
    public string? ThresholdPercent { get; set; }

    public const string EveryTheme = "every";

    public const string Larger = "larger";

    protected override void Fill()
    {
        var threshold = Consultation.AnswerThreshold;
        OutcomeDueWeeks = Consultation.OutcomeDueWeeks.ToString(CultureInfo.InvariantCulture);
        Threshold = threshold == AnswerThreshold.EveryTheme ? EveryTheme : Larger;
        ThresholdResponses = threshold.Responses?.ToString(CultureInfo.InvariantCulture);
        ThresholdPercent = (threshold.Share * 100)?.ToString("0.##", CultureInfo.InvariantCulture);
    }

    protected override ConsultationDetails Apply(ConsultationDetails details)
    {
        if (!int.TryParse(OutcomeDueWeeks, NumberStyles.None, CultureInfo.InvariantCulture, out var weeks))
        {
            ModelState.AddModelError(nameof(OutcomeDueWeeks), "Enter a whole number of weeks, such as 12");
        }

        return details with { OutcomeDueWeeks = weeks, AnswerThreshold = Threshold == Larger ? ReadThreshold() : AnswerThreshold.EveryTheme };
    }

    protected override string? FieldOf(string member) => member switch
    {
        "AnswerThreshold.Responses" => nameof(ThresholdResponses),
        "AnswerThreshold.Share" => nameof(ThresholdPercent),
        _ => base.FieldOf(member),
    };

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Weeks until the outcome", Consultation.OutcomeDueWeeks.ToString(CultureInfo.InvariantCulture)),
        new("Themes that must be answered", Words(Consultation.AnswerThreshold)),
    ];

    /// <summary>Which themes the outcome must answer, in words.</summary>
    public static string Words(AnswerThreshold threshold)
    {
        var share = (threshold.Share * 100)?.ToString("0.##", CultureInfo.InvariantCulture);
        return (threshold.Responses, share) switch
        {
            (null, null) => "Every theme",
            ({ } responses, null) => $"Themes raised in {ConsultationWords.Count(responses, "response")} or more",
            (null, { } percent) => $"Themes raised in {percent}% of the responses or more",
            ({ } responses, { } percent) => $"Themes raised in {ConsultationWords.Count(responses, "response")} or more, or in {percent}% of them or more",
        };
    }

    private AnswerThreshold ReadThreshold()
    {
        int? responses = null;
        decimal? share = null;
        if (!string.IsNullOrWhiteSpace(ThresholdResponses))
        {
            responses = int.TryParse(ThresholdResponses, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
            if (responses is null)
            {
                ModelState.AddModelError(nameof(ThresholdResponses), "Enter a whole number of responses, such as 10");
            }
        }

        if (!string.IsNullOrWhiteSpace(ThresholdPercent))
        {
            share = decimal.TryParse(ThresholdPercent.Trim().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent / 100 : null;
            if (share is null)
            {
                ModelState.AddModelError(nameof(ThresholdPercent), "Enter a percentage, such as 5");
            }
        }

        if (string.IsNullOrWhiteSpace(ThresholdResponses) && string.IsNullOrWhiteSpace(ThresholdPercent))
        {
            ModelState.AddModelError(nameof(ThresholdResponses), "Enter a number of responses, a percentage, or both; or choose every theme");
        }

        return new AnswerThreshold(responses, share);
    }
}
