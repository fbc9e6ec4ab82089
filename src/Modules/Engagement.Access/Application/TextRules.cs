using FluentValidation;

namespace Engagement.Access.Application;

/// <summary>What every short text of the module must be: there, short enough and free of characters that no keyboard has.</summary>
internal static class TextRules
{
    public static IRuleBuilderOptions<T, string?> Name<T>(this IRuleBuilder<T, string?> rule, string missing) => rule.Text(missing, "The name", 100);

    public static IRuleBuilderOptions<T, string?> Reason<T>(this IRuleBuilder<T, string?> rule, string missing) => rule.Text(missing, "The reason", 500);

    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, string missing, string what, int longest) => rule
        .NotEmpty().WithMessage(missing)
        .MaximumLength(longest).WithMessage($"{what} must be {longest} characters or fewer")
        .Must(text => text?.Any(char.IsControl) != true).WithMessage($"{what} must not contain line breaks or control characters");
}
