using System.Security.Cryptography;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Access.Application.Officers;

/// <param name="MustChangePassword">At the first sign-in.</param>
[InternalRequest]
public sealed record CreateOfficer(string Email, string Name, IReadOnlyList<string> Roles, bool MustChangePassword = true) : ICommand<CreatedOfficer>;

/// <param name="Password">Shown once; only its hash is kept.</param>
public sealed record CreatedOfficer(OfficerId Id, string Password);

internal sealed class CreateOfficerValidator : AbstractValidator<CreateOfficer>
{
    public CreateOfficerValidator()
    {
        RuleFor(c => c.Email).EmailAddress().WithMessage("Enter an e-mail address, such as name@example.gov.uk").MaximumLength(254).WithMessage("The e-mail address must be 254 characters or fewer");
        RuleFor(c => c.Name).NotEmpty().WithMessage("Enter the officer's name").MaximumLength(100).WithMessage("The name must be 100 characters or fewer");
        RuleFor(c => c.Roles).NotEmpty().WithMessage($"Give the officer at least one role: {string.Join(", ", OfficerRole.Codes)}");
    }
}

internal sealed class CreateOfficerHandler(IAccessDb db, IPasswordHasher<Officer> hasher, TimeProvider clock)
    : IRequestHandler<CreateOfficer, CreatedOfficer>
{
    /// <summary>Base 32 without the letters that are misread; 20 of them carry 100 random bits.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz234567890";

    public async Task<CreatedOfficer> Handle(CreateOfficer request, CancellationToken cancellationToken)
    {
        var email = Officer.Normalise(request.Email);
        if (await db.Officers.AnyAsync(o => o.NormalisedEmail == email, cancellationToken))
        {
            throw new RuleBrokenException("officer-exists", "An officer with this e-mail address is there already. Use another address.");
        }

        var password = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
        var officer = Officer.Create(request.Email, request.Name, request.Roles.Select(OfficerRole.Of), o => hasher.HashPassword(o, password), request.MustChangePassword, clock.GetUtcNow());
        db.Officers.Add(officer);
        await db.SaveChangesAsync(cancellationToken);
        return new CreatedOfficer(officer.Id, password);
    }
}
