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

    [BindProperty]
    public string? WhatCanChange { get; set; }

    [BindProperty]
    public string? WhatCannotChange { get; set; }

    [BindProperty]
    public string? HowAnswersCount { get; set; }

    protected override void Fill()
    {
        (Title, Summary, WhyNow, WhoDecides, WhatHappensNext) =
            (Consultation.Title, Consultation.Summary, Consultation.WhyNow, Consultation.WhoDecides, Consultation.WhatHappensNext);
        (WhatCanChange, WhatCannotChange, HowAnswersCount) = (Consultation.WhatCanChange, Consultation.WhatCannotChange, Consultation.HowAnswersCount);
    }

    protected override ConsultationDetails Apply(ConsultationDetails details) => details with
    {
        Title = Title ?? "",
        Summary = Summary ?? "",
        WhyNow = WhyNow,
        WhoDecides = WhoDecides,
        WhatHappensNext = WhatHappensNext,
        WhatCanChange = WhatCanChange,
        WhatCannotChange = WhatCannotChange,
        HowAnswersCount = HowAnswersCount,
    };

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Title", Consultation.Title),
        new("Summary", Consultation.Summary),
        new("Why now", Consultation.WhyNow),
        new("Who decides and when", Consultation.WhoDecides),
        new("What happens next", Consultation.WhatHappensNext),
        new("What people can influence", Consultation.WhatCanChange),
        new("What is decided already", Consultation.WhatCannotChange),
        new("How answers count", Consultation.HowAnswersCount),
    ];
}
