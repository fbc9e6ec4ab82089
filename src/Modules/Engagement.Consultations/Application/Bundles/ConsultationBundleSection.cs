using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>What was put to the public, who approved it, and how its dates changed.</summary>
internal sealed class ConsultationBundleSection(IMediator mediator) : IBundleSection
{
    public string Folder => "01-consultation";

    public string Title => "The consultation";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new ShowConsultation(new ConsultationId(bundle.Consultation)), cancellationToken);
        await bundle.AddJsonAsync("consultation.json", "The consultation as it stands", consultation, cancellationToken);
        bundle.Concerns(consultation.EngagementId.Value, "The engagement");
        if (consultation.RestartOf is { } before)
        {
            bundle.Concerns(before.Value, "The round before");
        }

        var page = bundle.Page;
        page.Facts(
            ("Title", consultation.Title),
            ("Id", consultation.Id.ToString()),
            ("State", consultation.Status.ToString()),
            ("Round", consultation.Round),
            ("What changed since the round before", consultation.WhatChanged),
            ("The round before", consultation.RestartOf?.ToString()),
            ("Summary", consultation.Summary),
            ("Why the council asked at that time", consultation.WhyNow),
            ("What is open to influence", consultation.WhatCanChange),
            ("What is decided already, and why", consultation.WhatCannotChange),
            ("How answers count: this is no referendum", consultation.HowAnswersCount),
            ("Who decides, and when", consultation.WhoDecides),
            ("What happens next", consultation.WhatHappensNext),
            ("Opened at", UkTime.SpellInstant(consultation.OpensAt)),
            ("Closes at", consultation.ClosesInWords),
            ("Legal regimes", consultation.Regimes.Count == 0 ? "None: good practice is the measure" : string.Join(", ", consultation.Regimes)),
            ("How to respond without the web", consultation.OfflineRoute),
            ("Other formats", consultation.AlternativeFormats),
            ("Easy Read", consultation.EasyReadDocument ?? consultation.EasyReadWaiver),
            ("Privacy notice", consultation.PrivacyNotice),
            ("Equality answers", consultation.EqualityAnswers == EqualityAnswers.Linked ? "Kept with the response, for analysis by group" : "Kept separately: nobody can link them to a response"),
            ("Topics", string.Join(", ", consultation.Topics)),
            ("Areas", string.Join(", ", consultation.Areas)),
            ("Audiences", string.Join(", ", consultation.Audiences)),
            ("Responses in the sealed set", consultation.ResponseCount?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)),
            ("Seal of the responses (SHA-256)", consultation.ResponseDigest),
            ("Withdrawn because", consultation.WithdrawalReason));
        page.Heading("Approval");
        page.Facts(consultation.Approval is { } approval
            ? [
                ("Approved by", approval.By),
                ("Approved at", UkTime.SpellInstant(approval.At)),
                ("Version approved", approval.Version),
                ("Questionnaire approved", $"Version {approval.QuestionnaireVersion}, SHA-256 {approval.QuestionnaireDigest}"),
            ]
            : [("Approved by", "Nobody yet")]);
        page.Heading("Extensions of the deadline");
        page.Table(
            "Each extension with its public reason",
            ["Approved at", "From", "To", "Reason"],
            consultation.Extensions.Select(IReadOnlyList<BundleText> (e) =>
                [UkTime.SpellInstant(e.At), UkTime.SpellDeadline(e.PreviousClosesAt), UkTime.SpellDeadline(e.ClosesAt), e.PublicReason]));
        page.List([BundleText.Link("consultation.json", "All of it as JSON")]);
    }
}
