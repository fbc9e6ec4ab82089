using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

[RequiresScope("administration:read")]
public sealed record ShowOfficer(OfficerId Id) : IQuery<OfficerView>;

/// <param name="MustChangePassword">The password is one that somebody else has seen.</param>
/// <param name="SecondFactorSince">Null while there is none.</param>
/// <param name="LastSeenAt">Null for somebody who has not signed in yet.</param>
/// <param name="Version">For the form that changes the roles.</param>
public sealed record OfficerView(
    OfficerId Id,
    string Name,
    string Email,
    IReadOnlyList<RoleHeld> Roles,
    bool MustChangePassword,
    DateTimeOffset? SecondFactorSince,
    DateTimeOffset CreatedAt,
    DateTimeOffset? DisabledAt,
    DateTimeOffset? LastSeenAt,
    int Version);

internal sealed class ShowOfficerHandler(IAccessDb db, IMediator mediator) : IRequestHandler<ShowOfficer, OfficerView>
{
    public async Task<OfficerView> Handle(ShowOfficer request, CancellationToken cancellationToken)
    {
        var officer = await db.Officers.AsNoTracking().Get(request.Id, cancellationToken);
        return new OfficerView(
            officer.Id,
            officer.Name,
            officer.Email,
            await Places.Describe(officer.Assignments, db, mediator, cancellationToken),
            officer.MustChangePassword,
            officer.SecondFactorSince,
            officer.CreatedAt,
            officer.DisabledAt,
            await db.Sessions.Where(s => s.OfficerId == officer.Id && s.SecondFactor != SecondFactorStep.Awaited).MaxAsync(s => (DateTimeOffset?)s.LastSeenAt, cancellationToken),
            officer.Version);
    }
}

internal static class FoundOfficer
{
    /// <exception cref="NotFoundException">There is none with this id.</exception>
    public static async Task<Officer> Get(this IQueryable<Officer> officers, OfficerId id, CancellationToken cancellationToken) =>
        await officers.SingleOrDefaultAsync(o => o.Id == id, cancellationToken) ?? throw new NotFoundException("officer");
}
