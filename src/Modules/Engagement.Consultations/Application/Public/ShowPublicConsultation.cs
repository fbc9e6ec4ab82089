using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Public;

/// <summary>All that the public may know of one consultation. One that it may not know of is not there.</summary>
[AllowsAnyone]
public sealed record ShowPublicConsultation(string Slug) : IQuery<PublicConsultationView>;

/// <param name="OpensAt">The first instant at which a response is accepted.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
/// <param name="ClosesAtLocal">The same as UK wall time, to the minute.</param>
/// <param name="ClosesInWords">The last minute in time, such as <c>11:59pm on Friday 27 November 2026</c>.</param>
/// <param name="DecisionOn">The first UK date on which the decision is planned; null while none is set.</param>
/// <param name="DecisionToInform">What is to be decided; null where the engagement does not say.</param>
/// <param name="WhatCanChange">As it stood when it opened; from the plan of the engagement where the consultation is older than the statement.</param>
/// <param name="HowAnswersCount">That this is no referendum; null where the consultation is older than the statement.</param>
/// <param name="EasyReadDocument">The name of the document that is the Easy Read version; null where there is none.</param>
/// <param name="OutcomeDueOn">The last day on which the council may publish what it decided and why.</param>
/// <param name="OutcomeLate">That day has passed and nothing is published.</param>
/// <param name="FreshFor">How long this stays true at most: until it opens or closes.</param>
public sealed record PublicConsultationView(
    string Slug,
    string Title,
    string Summary,
    PublicStatus Status,
    string? WhyNow,
    string? WhoDecides,
    DateOnly? DecisionOn,
    string? DecisionToInform,
    string? WhatCanChange,
    string? WhatCannotChange,
    string? HowAnswersCount,
    string? WhatHappensNext,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    string OpensAtLocal,
    string ClosesAtLocal,
    string TimeZone,
    string OpensInWords,
    string ClosesInWords,
    IReadOnlyList<ExtensionView> Extensions,
    string? WithdrawalReason,
    IReadOnlyList<DocumentView> Documents,
    string? PrivacyNotice,
    string? PrivacyContact,
    Contracts.EqualityAnswers EqualityAnswers,
    string? OfflineRoute,
    string? AlternativeFormats,
    string? EasyReadDocument,
    IReadOnlyList<PublicEvent> Events,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Audiences,
    int? ResponseCount,
    DecisionView? Decision,
    DateOnly OutcomeDueOn,
    DateTimeOffset? AnsweredAt,
    bool OutcomeLate,
    [property: System.Text.Json.Serialization.JsonIgnore] TimeSpan FreshFor)
{
    /// <summary>Counts from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>What is different from the round before this one.</summary>
    public string? WhatChanged { get; init; }

    /// <summary>The round before this one, and the one after it where the public may know of it.</summary>
    public IReadOnlyList<OtherRound> OtherRounds { get; init; } = [];

    /// <summary>Which version of which paper was public when: by name, the newest first. Each can still be read.</summary>
    public IReadOnlyList<DisclosedDocument> DisclosureLog { get; init; } = [];

    /// <summary>Notices that were wrong, and have been published anew; the newest first.</summary>
    public IReadOnlyList<NoticeCorrection> Corrections { get; init; } = [];
}

public sealed record OtherRound(string Slug, string Title, int Round);

/// <param name="PublicTo">When a newer version took its place or it was removed; null while it is shown.</param>
public sealed record DisclosedDocument(DocumentView Document, DateTimeOffset PublicFrom, DateTimeOffset? PublicTo);

/// <param name="PublishedOn">The UK day of the correction.</param>
public sealed record NoticeCorrection(string What, string WhatWasWrong, DateOnly PublishedOn);

internal sealed class ShowPublicConsultationHandler(IConsultationsDb db, IMediator mediator, TimeProvider clock)
    : IRequestHandler<ShowPublicConsultation, PublicConsultationView>
{
    public async Task<PublicConsultationView> Handle(ShowPublicConsultation request, CancellationToken cancellationToken)
    {
        var c = await db.Consultations.AsNoTracking().Where(x => x.Slug == request.Slug).Where(Consultation.IsPublic).SingleOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException("consultation");
        var engagement = await mediator.Send(new FindEngagement(c.EngagementId), cancellationToken);
        var now = clock.GetUtcNow();
        var status = c.PublicStatusAt(now);
        return new PublicConsultationView(
            c.Slug,
            c.Content.Title,
            c.Content.Summary,
            status,
            c.Content.WhyNow,
            c.Content.WhoDecides,
            engagement?.DecisionOn,
            engagement?.DecisionToInform,
            c.Content.WhatCanChange ?? engagement?.WhatCanChange,
            c.Content.WhatCannotChange ?? engagement?.WhatCannotChange,
            c.Content.HowAnswersCount,
            c.Content.WhatHappensNext,
            c.Period.OpensAt,
            c.Period.ClosesAt,
            PublicTimes.Local(c.Period.OpensAt),
            PublicTimes.Local(c.Period.ClosesAt),
            UkTime.ZoneId,
            PublicTimes.SpellOpening(c.Period),
            UkTime.SpellDeadline(c.Period.ClosesAt),
            [.. c.Extensions.Select(ExtensionView.Of)],
            c.WithdrawalReason,
            DocumentView.Shown(c),
            c.Content.PrivacyNotice,
            c.Content.PrivacyContact,
            c.Content.EqualityAnswers,
            c.Content.OfflineRoute,
            c.Content.AlternativeFormats,
            c.Content.EasyReadDocument,
            c.Content.Events,
            c.Content.Topics,
            c.Content.Areas,
            c.Content.Audiences,
            c.ResponseCount,
            c.Decision is { } d ? new DecisionView(d.Body, d.DecidedOn) : null,
            c.OutcomeDueOn,
            c.AnsweredAt,
            c.IsOutcomeLate(now),
            PublicTimes.FreshFor(
                status switch
                {
                    PublicStatus.Forthcoming => c.Period.OpensAt,
                    PublicStatus.Open => c.Period.ClosesAt,
                    _ => null,
                },
                now))
        {
            Round = c.Round,
            WhatChanged = c.WhatChanged,
            OtherRounds = await db.Consultations.AsNoTracking().IgnoreAutoIncludes().Where(Consultation.IsPublic)
                .Where(x => x.Id == c.RestartOf || x.RestartOf == c.Id).OrderBy(x => x.Round)
                .Select(x => new OtherRound(x.Slug, x.Content.Title, x.Round)).ToListAsync(cancellationToken),
            DisclosureLog =
            [
                .. c.Documents.Where(d => d.PublicFrom is not null).OrderBy(d => d.Name, StringComparer.Ordinal).ThenByDescending(d => d.Version)
                    .Select(d => new DisclosedDocument(DocumentView.Of(d), d.PublicFrom!.Value, d.RetiredAt)),
            ],
            Corrections = await db.NoticeLists.AsNoTracking().IgnoreAutoIncludes().Where(l => l.ConsultationId == c.Id).SelectMany(l => l.Notices)
                .Where(n => n.Corrects != null && n.PublishedOn != null).OrderByDescending(n => n.PublishedOn).ThenBy(n => n.Id)
                .Select(n => new NoticeCorrection(n.What, n.WhatWasWrong!, n.PublishedOn!.Value)).ToListAsync(cancellationToken),
        };
    }
}
