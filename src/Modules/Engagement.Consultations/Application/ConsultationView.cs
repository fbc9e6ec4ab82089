using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Application;

/// <summary>A consultation as officers see it; every command answers with it.</summary>
/// <param name="PublicStatus">What the public sees at this moment; null while it may not know of it.</param>
/// <param name="OpensAt">The first instant at which a response is accepted.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
/// <param name="ClosesInWords">The last minute in time, such as <c>11:59pm on Friday 27 November 2026</c>.</param>
/// <param name="Documents">Those that are shown, without older versions.</param>
/// <param name="ResponseCount">Responses in the sealed set; null until it is sealed.</param>
public sealed record ConsultationView(
    ConsultationId Id,
    int Version,
    EngagementId EngagementId,
    string Slug,
    ConsultationStatus Status,
    PublicStatus? PublicStatus,
    string Title,
    string Summary,
    string? WhyNow,
    string? WhoDecides,
    string? WhatHappensNext,
    string? WhatCanChange,
    string? WhatCannotChange,
    string? HowAnswersCount,
    IReadOnlyList<string> Regimes,
    IReadOnlyDictionary<string, JsonElement> Inputs,
    UkMoment Opens,
    UkMoment Closes,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    string ClosesInWords,
    int OutcomeDueWeeks,
    DateOnly OutcomeDueOn,
    AnswerThreshold AnswerThreshold,
    EqualityAnswers EqualityAnswers,
    string? PrivacyNotice,
    string? PrivacyContact,
    string? OfflineRoute,
    string? AlternativeFormats,
    string? EasyReadDocument,
    string? EasyReadWaiver,
    IReadOnlyList<string> Topics,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<PublicEvent> Events,
    IReadOnlyList<DocumentView> Documents,
    ApprovalView? Approval,
    ProposedExtensionView? ProposedExtension,
    IReadOnlyList<ExtensionView> Extensions,
    string? WithdrawalReason,
    int? ResponseCount,
    string? ResponseDigest,
    DecisionView? Decision,
    DateTimeOffset? AnsweredAt)
{
    /// <summary>Counts from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The round that this one repeats; null for a first one.</summary>
    public ConsultationId? RestartOf { get; init; }

    /// <summary>What is different from that round, in words for the public.</summary>
    public string? WhatChanged { get; init; }

    internal static ConsultationView Of(Consultation c, DateTimeOffset now) => new(
        c.Id,
        c.Version,
        c.EngagementId,
        c.Slug,
        c.Status,
        c.MayBeShown ? c.PublicStatusAt(now) : null,
        c.Content.Title,
        c.Content.Summary,
        c.Content.WhyNow,
        c.Content.WhoDecides,
        c.Content.WhatHappensNext,
        c.Content.WhatCanChange,
        c.Content.WhatCannotChange,
        c.Content.HowAnswersCount,
        c.Content.Regimes,
        c.Content.Inputs,
        c.Period.Opens,
        c.Period.Closes,
        c.Period.OpensAt,
        c.Period.ClosesAt,
        UkTime.SpellDeadline(c.Period.ClosesAt),
        c.Content.OutcomeDueWeeks,
        c.OutcomeDueOn,
        c.Content.AnswerThreshold,
        c.Content.EqualityAnswers,
        c.Content.PrivacyNotice,
        c.Content.PrivacyContact,
        c.Content.OfflineRoute,
        c.Content.AlternativeFormats,
        c.Content.EasyReadDocument,
        c.Content.EasyReadWaiver,
        c.Content.Topics,
        c.Content.Areas,
        c.Content.Audiences,
        c.Content.Events,
        DocumentView.Shown(c),
        c.Approval is { } a ? new ApprovalView(a.By, a.At, a.Version, a.QuestionnaireVersion, a.QuestionnaireDigest) : null,
        c.ProposedExtension is { } p ? new ProposedExtensionView(p.Closes, p.ClosesAt, p.PublicReason, p.By, p.At) : null,
        [.. c.Extensions.Select(e => ExtensionView.Of(e))],
        c.WithdrawalReason,
        c.ResponseCount,
        c.ResponseDigest,
        c.Decision is { } d ? new DecisionView(d.Body, d.DecidedOn) : null,
        c.AnsweredAt) { Round = c.Round, RestartOf = c.RestartOf, WhatChanged = c.WhatChanged };
}

/// <param name="Version">Counts the versions of one name from 1.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the bytes, lower-case hexadecimal.</param>
/// <param name="LateReason">Why it was added or corrected while people were answering; null where it was there from the opening.</param>
/// <param name="DaysLeft">Of a late one: whole days that were left to read it.</param>
public sealed record DocumentView(
    DocumentId Id, string Name, int Version, string MediaType, long Size, string Sha256, DateTimeOffset AddedAt, string? LateReason = null, int? DaysLeft = null)
{
    internal static IReadOnlyList<DocumentView> Shown(Consultation c) =>
    [
        .. c.Documents.Where(d => d.RetiredAt is null).OrderBy(d => d.Name, StringComparer.Ordinal).Select(Of),
    ];

    internal static DocumentView Of(ConsultationDocument d) => new(d.Id, d.Name, d.Version, d.MediaType, d.Size, d.Sha256, d.AddedAt, d.LateReason, d.DaysLeft);
}

/// <param name="Version">The version of the consultation that was approved.</param>
public sealed record ApprovalView(string By, DateTimeOffset At, int Version, int QuestionnaireVersion, string QuestionnaireDigest);

public sealed record ProposedExtensionView(UkMoment Closes, DateTimeOffset ClosesAt, string PublicReason, string By, DateTimeOffset At);

public sealed record ExtensionView(DateTimeOffset PreviousClosesAt, DateTimeOffset ClosesAt, string PublicReason, DateTimeOffset At)
{
    internal static ExtensionView Of(Extension e) => new(e.PreviousClosesAt, e.ClosesAt, e.PublicReason, e.At);
}

public sealed record DecisionView(string Body, DateOnly DecidedOn);
