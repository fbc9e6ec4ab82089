using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:write")]
public sealed class AboutModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public string? Title { get; set; }

    [BindProperty]
    public string? Summary { get; set; }

    [BindProperty]
    public string? WhyNow { get; set; }

    [BindProperty]
    public string? WhoDecides { get; set; }

    [BindProperty]
    public string? WhatHappensNext { get; set; }

    protected override void Fill() => (Title, Summary, WhyNow, WhoDecides, WhatHappensNext) =
        (Consultation.Title, Consultation.Summary, Consultation.WhyNow, Consultation.WhoDecides, Consultation.WhatHappensNext);

    protected override ConsultationDetails Apply(ConsultationDetails details) =>
        details with { Title = Title ?? "", Summary = Summary ?? "", WhyNow = WhyNow, WhoDecides = WhoDecides, WhatHappensNext = WhatHappensNext };

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Title", Consultation.Title),
        new("Summary", Consultation.Summary),
        new("Why now", Consultation.WhyNow),
        new("Who decides and when", Consultation.WhoDecides),
        new("What happens next", Consultation.WhatHappensNext),
    ];
}
