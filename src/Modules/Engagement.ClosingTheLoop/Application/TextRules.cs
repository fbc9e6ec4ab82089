using FluentValidation;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>Checks of written text that several requests share.</summary>
internal static class TextRules
{
    public const int ReasonLength = 1000;
    public const int ParagraphLength = 5000;
    public const int LineLength = 200;

    /// <param name="missing">What to say where it is missing.</param>
    public static IRuleBuilderOptions<T, string> IsReason<T>(this IRuleBuilder<T, string> rule, string missing) => rule.IsText(missing, "The reason", ReasonLength);

    /// <param name="what">How the text is called, such as <c>The summary</c>.</param>
    public static IRuleBuilderOptions<T, string> IsText<T>(this IRuleBuilder<T, string> rule, string missing, string what, int length) => rule
        .Must(text => !string.IsNullOrWhiteSpace(text)).WithMessage(missing)
        .IsNoLongerThan(what, length)!;

    /// <summary>A text that may be missing.</summary>
    public static IRuleBuilderOptions<T, string?> IsNoLongerThan<T>(this IRuleBuilder<T, string?> rule, string what, int length) => rule
        .MaximumLength(length).WithMessage($"{what} must be {length} characters or fewer")
        .Must(text => text is null || !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))).WithMessage($"{what} contains control characters: remove them");
}
