using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

internal sealed record ThemeAdded(
    ConsultationId ConsultationId, ThemeId ThemeId, string Name, string Description, ThemeId? ParentId, DateTimeOffset At) : IDomainEvent;

internal sealed record ThemeChanged(
    ConsultationId ConsultationId, ThemeId ThemeId, string Name, string Description, ThemeId? ParentId, int Position, DateTimeOffset At) : IDomainEvent;

internal sealed record ThemesMerged(ConsultationId ConsultationId, ThemeId ThemeId, ThemeId Into, DateTimeOffset At) : IDomainEvent;

internal sealed record ThemeArchived(ConsultationId ConsultationId, ThemeId ThemeId, DateTimeOffset At) : IDomainEvent;

internal sealed record ThemeDeleted(ConsultationId ConsultationId, ThemeId ThemeId, string Name, DateTimeOffset At) : IDomainEvent;

/// <param name="FreeTexts">Free-text answers in the set, each with a theme or "none".</param>
internal sealed record CodingCompleted(ConsultationId ConsultationId, int Themes, int FreeTexts, DateTimeOffset At) : IDomainEvent;

/// <param name="LateResponse">The admitted response that made the coding incomplete; null where an officer reopened it.</param>
internal sealed record CodingReopened(ConsultationId ConsultationId, ResponseId? LateResponse, string? Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="Answers">For each coded question the themes; an empty list means "none".</param>
internal sealed record ResponseCoded(
    ConsultationId ConsultationId, ResponseId ResponseId, IReadOnlyDictionary<string, IReadOnlyList<ThemeId>> Answers, DateTimeOffset At) : IDomainEvent;

/// <param name="TextDigest">SHA-256 of the words, lower-case hexadecimal: the words themselves stay out of the history.</param>
internal sealed record QuotationProposed(
    QuotationId QuotationId, ConsultationId ConsultationId, ResponseId ResponseId, string QuestionCode, string TextDigest, DateTimeOffset At) : IDomainEvent;

internal sealed record QuotationCleared(QuotationId QuotationId, ConsultationId ConsultationId, string TextDigest, DateTimeOffset At) : IDomainEvent;

internal sealed record QuotationWithdrawn(QuotationId QuotationId, ConsultationId ConsultationId, string? Reason, DateTimeOffset At) : IDomainEvent;
