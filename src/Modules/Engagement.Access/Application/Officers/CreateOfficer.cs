using System.Security.Cryptography;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <param name="Roles">Held everywhere.</param>
/// <param name="MustChangePassword">At the first sign-in.</param>
/// <param name="InPlaces">Roles held in a team or for an engagement only.</param>
[RequiresScope("administration:write")]
public sealed record CreateOfficer(string? Email, string? Name, IReadOnlyList<string> Roles, bool MustChangePassword = true, IReadOnlyList<RoleGiven>? InPlaces = null)
    : ICommand<CreatedOfficer>;

/// <param name="Password">Shown once; only its hash is kept.</param>
public sealed record CreatedOfficer(OfficerId Id, string Password);

internal sealed class CreateOfficerValidator : AbstractValidator<CreateOfficer>
{
    public CreateOfficerValidator()
    {
        RuleFor(c => c.Email).NotEmpty().WithMessage("Enter the officer's e-mail address")
            .EmailAddress().WithMessage("Enter an e-mail address, such as name@example.gov.uk").When(c => !string.IsNullOrEmpty(c.Email), ApplyConditionTo.CurrentValidator)
            .MaximumLength(254).WithMessage("The e-mail address must be 254 characters or fewer");
        RuleFor(c => c.Name).Name("Enter the officer's name");
        RuleFor(c => c.Roles).NotEmpty().When(c => c.InPlaces is null or []).WithMessage($"Give the officer at least one role: {string.Join(", ", OfficerRole.Codes)}");
    }
}

internal sealed class CreateOfficerHandler(IAccessDb db, IMediator mediator, IPasswordHasher<Officer> hasher, TimeProvider clock)
    : IRequestHandler<CreateOfficer, CreatedOfficer>
{
    public async Task<CreatedOfficer> Handle(CreateOfficer request, CancellationToken cancellationToken)
    {
        var email = Officer.Normalise(request.Email!);
        if (await db.Officers.AnyAsync(o => o.NormalisedEmail == email, cancellationToken))
        {
            throw new RuleBrokenException("officer-exists", "An officer with this e-mail address is there already. Use another address.");
        }

        RoleGiven[] roles = [.. request.Roles.Select(r => new RoleGiven(r)), .. request.InPlaces ?? []];
        var assignments = await roles.ToAssignments(db, mediator, cancellationToken);
        var password = FirstPassword.New();
        var officer = Officer.Create(request.Email!, request.Name!, assignments, o => hasher.HashPassword(o, password), request.MustChangePassword, clock.GetUtcNow());
        db.Officers.Add(officer);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedOfficer(officer.Id, password);
    }
}

/// <summary>A password that somebody hands over.</summary>
internal static class FirstPassword
{
    /// <summary>Base 32 without the letters that are misread; 20 of them carry 100 random bits.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz234567890";

    public static string New() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
}
