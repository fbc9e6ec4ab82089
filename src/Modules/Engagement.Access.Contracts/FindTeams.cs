using Engagement.Kernel;

namespace Engagement.Access.Contracts;

/// <summary>Teams by their ids, closed ones too, by name. Ids that are none are left out.</summary>
/// <param name="Ids">Null for every team that is open.</param>
[InternalRequest]
public sealed record FindTeams(IReadOnlyCollection<TeamId>? Ids) : IQuery<IReadOnlyList<TeamFacts>>;

/// <param name="IsOpen">False once it was closed or merged: nothing new is given to it.</param>
public sealed record TeamFacts(TeamId Id, string Name, string Department, bool IsOpen);
