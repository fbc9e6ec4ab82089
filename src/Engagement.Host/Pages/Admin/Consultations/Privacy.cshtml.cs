using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:write")]
public sealed class PrivacyModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public string? PrivacyNotice { get; set; }

    [BindProperty]
    public string? PrivacyContact { get; set; }

    [BindProperty]
    public EqualityAnswers EqualityAnswers { get; set; }

    protected override void Fill() => (PrivacyNotice, PrivacyContact, EqualityAnswers) =
        (Consultation.PrivacyNotice, Consultation.PrivacyContact, Consultation.EqualityAnswers);

    protected override ConsultationDetails Apply(ConsultationDetails details) =>
        details with { PrivacyNotice = PrivacyNotice, PrivacyContact = PrivacyContact, EqualityAnswers = EqualityAnswers };

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Privacy notice", Consultation.PrivacyNotice),
        new("Contact", Consultation.PrivacyContact),
        new("Equality answers", ConsultationWords.Of(Consultation.EqualityAnswers)),
    ];
}
