using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Account;

[RequiresOfficer]
public sealed record RenameSelf(string? Name) : ICommand<Unit>;

internal sealed class RenameSelfValidator : AbstractValidator<RenameSelf>
{
    public RenameSelfValidator() => RuleFor(c => c.Name).Name("Enter your name");
}

internal sealed class RenameSelfHandler(IAccessDb db, OwnAccount own, TimeProvider clock) : IRequestHandler<RenameSelf, Unit>
{
    public async Task<Unit> Handle(RenameSelf request, CancellationToken cancellationToken)
    {
        (await own.Load(cancellationToken)).Rename(request.Name!, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Unit.Value;
    }
}
