using Engagement.Access.Contracts;
using Engagement.Kernel;

namespace Engagement.Access.Domain;

// Ids, roles and reasons: a name or an address in the history could never be erased.
internal sealed record OfficerCreated(OfficerId Id, IReadOnlyList<string> Roles, DateTimeOffset At) : IDomainEvent;

/// <param name="Before">Such as <c>officer team:0190…</c>.</param>
internal sealed record OfficerAssigned(OfficerId Id, IReadOnlyList<string> Before, IReadOnlyList<string> Roles, DateTimeOffset At) : IDomainEvent;

internal sealed record OfficerRenamed(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record PasswordChanged(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record PasswordReset(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record PasswordResetOffered(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record OfficerDisabled(OfficerId Id, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record OfficerEnabled(OfficerId Id, string Reason, DateTimeOffset At) : IDomainEvent;

internal sealed record SecondFactorSetUp(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record SecondFactorSwitchedOff(OfficerId Id, DateTimeOffset At) : IDomainEvent;

internal sealed record SecondFactorReset(OfficerId Id, string Reason, DateTimeOffset At) : IDomainEvent;

/// <param name="Left">Codes that have not been used.</param>
internal sealed record RecoveryCodeUsed(OfficerId Id, int Left, DateTimeOffset At) : IDomainEvent;

internal sealed record RecoveryCodesReplaced(OfficerId Id, DateTimeOffset At) : IDomainEvent;
