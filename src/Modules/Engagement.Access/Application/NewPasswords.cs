using Engagement.Access.Domain;
using FluentValidation;
using FluentValidation.Results;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Engagement.Access.Application;

/// <summary>Takes a password that an officer chose, if it will do.</summary>
internal sealed class NewPasswords(IPasswordHasher<Officer> hasher, IOptions<AccessOptions> options)
{
    /// <exception cref="ValidationException">It will not do; the sentence belongs to the field <c>NewPassword</c>.</exception>
    public string Hash(Officer officer, string password)
    {
        var refusal = PasswordRules.Refusal(password, [officer.Name, officer.Email, options.Value.ServiceName, .. options.Value.OwnWords]);
        return refusal is null
            ? hasher.HashPassword(officer, PasswordRules.Normalise(password))
            : throw new ValidationException([new ValidationFailure("NewPassword", refusal)]);
    }
}
