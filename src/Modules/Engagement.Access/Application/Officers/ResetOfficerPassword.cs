using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Engagement.Access.Application.Officers;

/// <summary>Another first password, shown once: it is handed over and changed at the next sign-in. Every session of the officer ends.</summary>
[RequiresScope("administration:write")]
public sealed record ResetOfficerPassword(OfficerId Id) : ICommand<string>;

internal sealed class ResetOfficerPasswordHandler(IAccessDb db, IPasswordHasher<Officer> hasher, TimeProvider clock) : IRequestHandler<ResetOfficerPassword, string>
{
    public async Task<string> Handle(ResetOfficerPassword request, CancellationToken cancellationToken)
    {
        var officer = await db.Officers.Get(request.Id, cancellationToken);
        var password = FirstPassword.New();
        officer.ResetPassword(hasher.HashPassword(officer, password), clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return password;
    }
}
