using Engagement.Access.Contracts;
using Engagement.Kernel;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Engagement.Access.Application.Account;

/// <summary>Every session of the officer ends; the present one goes on under the token that is the answer.</summary>
[RequiresOfficer]
public sealed record ChangeOwnPassword(SessionId Present, string? CurrentPassword, string? NewPassword) : ICommand<string>;

internal sealed class ChangeOwnPasswordValidator : AbstractValidator<ChangeOwnPassword>
{
    public ChangeOwnPasswordValidator()
    {
        RuleFor(c => c.CurrentPassword).NotEmpty().WithMessage("Enter your present password");
        RuleFor(c => c.NewPassword).NotEmpty().WithMessage("Enter a new password");
    }
}

internal sealed class ChangeOwnPasswordHandler(IAccessDb db, OwnAccount own, NewPasswords passwords, TimeProvider clock) : IRequestHandler<ChangeOwnPassword, string>
{
    public async Task<string> Handle(ChangeOwnPassword request, CancellationToken cancellationToken)
    {
        var officer = await own.Load(cancellationToken);
        await own.CheckPassword(officer, request.CurrentPassword!, nameof(request.CurrentPassword), cancellationToken);
        if (request.NewPassword == request.CurrentPassword)
        {
            throw new ValidationException([new ValidationFailure(nameof(request.NewPassword), "The new password must differ from the present one")]);
        }

        officer.ChangePassword(passwords.Hash(officer, request.NewPassword!), clock.GetUtcNow());
        var token = await own.Reopen(officer, request.Present, step: null, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
