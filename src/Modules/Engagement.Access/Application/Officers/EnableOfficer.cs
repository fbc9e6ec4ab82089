using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Officers;

/// <summary>Lets an officer sign in again, with the roles that they had.</summary>
[RequiresScope("administration:write")]
public sealed record EnableOfficer(OfficerId Id, string? Reason) : ICommand<Unit>;

internal sealed class EnableOfficerValidator : AbstractValidator<EnableOfficer>
{
    public EnableOfficerValidator() => RuleFor(c => c.Reason).Reason("Enter why the account is enabled again");
}

internal sealed class EnableOfficerHandler(IAccessDb db, TimeProvider clock) : IRequestHandler<EnableOfficer, Unit>
{
    public async Task<Unit> Handle(EnableOfficer request, CancellationToken cancellationToken)
    {
        (await db.Officers.Get(request.Id, cancellationToken)).Enable(request.Reason!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
