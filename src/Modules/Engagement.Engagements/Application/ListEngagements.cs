using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Engagements.Application;

/// <summary>The register, newest first.</summary>
/// <param name="Before">Show those made before this one; null starts with the newest.</param>
/// <param name="Take">Rows, at most.</param>
[RequiresScope("engagements:read")]
public sealed record ListEngagements(EngagementState? State, string? Department, Guid? Before, int Take) : IQuery<List<EngagementRow>>;

public sealed record EngagementRow(
    EngagementId Id, string Reference, EngagementState State, string Title, string Department, ParticipationLevel? Level, bool Statutory, DateTimeOffset CreatedAt);

internal sealed class ListEngagementsValidator : AbstractValidator<ListEngagements>
{
    public ListEngagementsValidator() => RuleFor(q => q.Department).Text("The department", 100);
}

internal sealed class ListEngagementsHandler(IEngagementsDb db) : IRequestHandler<ListEngagements, List<EngagementRow>>
{
    public async Task<List<EngagementRow>> Handle(ListEngagements request, CancellationToken cancellationToken) =>
        await db.Engagements.AsNoTracking()
            .Where(e => request.State == null || e.State == request.State)
            .Where(e => request.Department == null || e.Department == request.Department)
            .Where(e => request.Before == null || (Guid)(object)e.Id < request.Before)
            .OrderByDescending(e => e.Id)
            .Take(request.Take)
            .Select(e => new EngagementRow(e.Id, e.Reference, e.State, e.Title, e.Department, e.Level, e.Statutory, e.CreatedAt))
            .ToListAsync(cancellationToken);
}
