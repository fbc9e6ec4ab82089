using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Access.Application.Account;

/// <summary>
/// Removes the second factor, against password and code. Sessions elsewhere end; the present one goes on under the token that is the
/// answer. Who must have a second factor sets up the next one before anything else.
/// </summary>
[RequiresOfficer]
public sealed record SwitchOffSecondFactor(SessionId Present, string? Password, string? Code) : ICommand<string>;

internal sealed class SwitchOffSecondFactorValidator : AbstractValidator<SwitchOffSecondFactor>
{
    public SwitchOffSecondFactorValidator()
    {
        RuleFor(c => c.Password).NotEmpty().WithMessage("Enter your password");
        RuleFor(c => c.Code).NotEmpty().WithMessage("Enter the code that your app shows, or a recovery code");
    }
}

internal sealed class SwitchOffSecondFactorHandler(IAccessDb db, OwnAccount own, TimeProvider clock) : IRequestHandler<SwitchOffSecondFactor, string>
{
    public async Task<string> Handle(SwitchOffSecondFactor request, CancellationToken cancellationToken)
    {
        var officer = await own.Load(cancellationToken);
        await own.CheckPassword(officer, request.Password!, nameof(request.Password), cancellationToken);
        await own.CheckCode(officer, request.Code!, nameof(request.Code), cancellationToken);
        officer.SwitchOffSecondFactor(clock.GetUtcNow());
        var token = await own.Reopen(officer, request.Present, SecondFactorStep.None, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
