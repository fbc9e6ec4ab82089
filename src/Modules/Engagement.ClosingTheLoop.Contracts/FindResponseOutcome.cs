using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;

namespace Engagement.ClosingTheLoop.Contracts;

/// <summary>
/// What became of some responses, by the outcome as it stands: the themes each one's own words fell under, and what was
/// done about each theme. Null while no outcome is published.
/// </summary>
[InternalRequest]
public sealed record FindResponseOutcomes(ConsultationId ConsultationId, IReadOnlyList<ResponseId> Responses)
    : IQuery<PublishedOutcome?>;

/// <param name="Themes">Every theme of the outcome, in the order shown.</param>
/// <param name="ThemesOf">For each response asked about, the themes its words fell under; an empty list where none.</param>
public sealed record PublishedOutcome(
    int Version,
    DateTimeOffset PublishedAt,
    string DecisionBody,
    DateOnly DecidedOn,
    IReadOnlyList<ThemeOutcome> Themes,
    IReadOnlyDictionary<ResponseId, IReadOnlyList<ThemeId>> ThemesOf);

/// <param name="Disposition"><c>adopted</c>, <c>partly-adopted</c>, <c>not-adopted</c>, <c>out-of-scope</c> or <c>already-planned</c>.</param>
/// <param name="Reason">Why not, or why only partly; null where the whole was adopted.</param>
public sealed record ThemeOutcome(ThemeId Id, string Name, string Asked, string Said, string Disposition, string Did, string? Reason);
