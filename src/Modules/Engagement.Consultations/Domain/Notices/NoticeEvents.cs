using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.Notices;

/// <summary>The chosen regimes and dates demand these notices now.</summary>
/// <param name="Added">Demands that are new, by their keys.</param>
/// <param name="Moved">Those whose day is another one now; null where it cannot be worked out.</param>
/// <param name="Dropped">Those that nothing demands any more and that nobody had published.</param>
internal sealed record NoticesDemanded(
    ConsultationId Id, IReadOnlyList<string> Added, IReadOnlyDictionary<string, DateOnly?> Moved, IReadOnlyList<string> Dropped, DateTimeOffset At) : IDomainEvent;

internal sealed record NoticeAdded(ConsultationId Id, NoticeId NoticeId, string What, DateOnly? DueOn, DateTimeOffset At) : IDomainEvent;

internal sealed record NoticePlanned(ConsultationId Id, NoticeId NoticeId, string What, string? Where, DateOnly? DueOn, DateTimeOffset At) : IDomainEvent;

/// <param name="PublishedOn">The UK day on which it really was published.</param>
/// <param name="PreviousOn">What the record had said before; null the first time.</param>
/// <param name="Reason">Why the record changes; null the first time.</param>
internal sealed record NoticePublished(
    ConsultationId Id, NoticeId NoticeId, string What, string Where, DateOnly PublishedOn, DateOnly? DueOn, DateOnly? PreviousOn, string? Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="Name">Of the file, or the address of the page.</param>
/// <param name="Sha256">Of the file, lower-case hexadecimal.</param>
internal sealed record ProofAdded(ConsultationId Id, Guid SubjectId, ProofId ProofId, ProofKind Kind, string Name, string? Sha256, DateTimeOffset At) : IDomainEvent;

internal sealed record NoticeSetAside(ConsultationId Id, NoticeId NoticeId, string What, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record NoticeTakenUp(ConsultationId Id, NoticeId NoticeId, string What, DateTimeOffset At) : IDomainEvent;

/// <param name="CorrectionId">The notice that is to correct it.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="RestartsTime">Time runs anew from the correction.</param>
internal sealed record NoticeCorrectionBegun(
    ConsultationId Id, NoticeId NoticeId, NoticeId CorrectionId, string What, string Reason, bool RestartsTime, DateTimeOffset At) : IDomainEvent;

/// <param name="Input">A date that the law counts from and that no notice is, such as <c>made</c>.</param>
/// <param name="PreviousOn">What the record had said before; null the first time.</param>
internal sealed record DateRecorded(ConsultationId Id, string Input, DateOnly On, DateOnly? PreviousOn, DateTimeOffset At) : IDomainEvent;

/// <summary>The correction of a notice is published: the public is told.</summary>
/// <param name="Reason">What was wrong.</param>
internal sealed record NoticeCorrected(ConsultationId Id, NoticeId NoticeId, NoticeId CorrectionId, string What, string Reason, DateTimeOffset At) : IDomainEvent;

/// <summary>What really happened puts the earliest lawful last day elsewhere than the timetable that was recorded.</summary>
/// <param name="DecidedBy">The rule that decides it, such as <c>tro-permanent/min_close</c>.</param>
/// <param name="ShortByDays">Days that the closing date is too early by it; 0 where it is not.</param>
internal sealed record EarliestCloseMoved(ConsultationId Id, DateOnly? From, DateOnly? To, string? DecidedBy, int ShortByDays, DateTimeOffset At) : IDomainEvent;
