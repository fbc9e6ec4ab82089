using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>
/// All that the public may know of an engagement that has no consultation. One that it may not know of, and one whose consultation says it better, is not there.
/// </summary>
[AllowsAnyone]
public sealed record ShowPublicEngagement(string Reference) : IQuery<PublicEngagementView>;

/// <param name="Stage"><c>live</c>, <c>done</c> or <c>cancelled</c>.</param>
/// <param name="BeginsOn">UK date; null where none is known.</param>
/// <param name="LastDay">UK date, counted in; null where none is known.</param>
/// <param name="CancellationReason">The public reason; null unless it was cancelled.</param>
public sealed record PublicEngagementView(
    string Reference, string Title, string Summary, string Stage, DateOnly? BeginsOn, DateOnly? LastDay, string? CancellationReason, string[] Areas, string[] Audiences);

internal sealed class ShowPublicEngagementHandler(IEngagementsDb db) : IRequestHandler<ShowPublicEngagement, PublicEngagementView>
{
    public async Task<PublicEngagementView> Handle(ShowPublicEngagement request, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<PublicEngagementView>(
            $"""
            select reference as "Reference", title as "Title", summary as "Summary", stage as "Stage", begins_on as "BeginsOn", last_day as "LastDay",
                   cancellation_reason as "CancellationReason", areas as "Areas", audiences as "Audiences"
              from engagements.v1_public_engagements where reference = {request.Reference}
            """).ToListAsync(cancellationToken)) is [var found] ? found : throw new NotFoundException("engagement");
}
