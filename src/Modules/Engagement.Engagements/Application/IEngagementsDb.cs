using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Engagement.Engagements.Application;

/// <summary>The module's one port to its tables.</summary>
internal interface IEngagementsDb : IModuleDb
{
    DbSet<EngagementActivity> Engagements { get; }

    DbSet<HistoryEntry> History { get; }

    DatabaseFacade Database { get; }

    /// <summary>The next number of a UK year, from 1. Nobody else gets one until the transaction under way has ended, so none is left out.</summary>
    Task<int> NextNumber(int year, CancellationToken cancellationToken);
}

internal static class EngagementsDbExtensions
{
    /// <exception cref="NotFoundException">There is none with this id.</exception>
    public static async Task<EngagementActivity> Get(this IQueryable<EngagementActivity> engagements, EngagementId id, CancellationToken cancellationToken) =>
        await engagements.SingleOrDefaultAsync(e => e.Id == id, cancellationToken) ?? throw new NotFoundException("engagement");
}

/// <summary>Where a command left the engagement.</summary>
/// <param name="PlanVersion">What a reviewer and an approver name.</param>
/// <param name="Version">The ETag.</param>
public sealed record EngagementChanged(EngagementId Id, string Reference, EngagementState State, int PlanVersion, int Version)
{
    internal static EngagementChanged Of(EngagementActivity engagement) =>
        new(engagement.Id, engagement.Reference, engagement.State, engagement.PlanVersion, engagement.Version);
}
