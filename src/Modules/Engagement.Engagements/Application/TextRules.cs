using FluentValidation;

namespace Engagement.Engagements.Application;

/// <summary>What every text of a request must be; the messages speak the words of the form.</summary>
internal static class TextRules
{
    /// <param name="name">Begins the sentence, such as <c>The title</c>.</param>
    public static IRuleBuilderOptions<T, string?> Text<T>(this IRuleBuilder<T, string?> rule, string name, int maximum) => rule
        .MaximumLength(maximum).WithMessage($"{name} must be {maximum} characters or fewer")
        .Must(text => text is null || !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        .WithMessage($"{name} contains control characters: remove them");

    public static IRuleBuilderOptions<T, string?> RequiredText<T>(this IRuleBuilder<T, string?> rule, string name, int maximum, string prompt) => rule
        .NotEmpty().WithMessage(prompt)
        .Text(name, maximum);

    /// <summary>A key that a client chose: it is part of addresses.</summary>
    public static IRuleBuilderOptions<T, string> Key<T>(this IRuleBuilder<T, string> rule) => rule
        .Matches("^[a-z0-9]+(-[a-z0-9]+)*$").WithMessage("The key must be lower-case letters, digits and single hyphens, such as young-parents")
        .MaximumLength(40).WithMessage("The key must be 40 characters or fewer");

    public static IRuleBuilderOptions<T, IReadOnlyList<TItem>> AtMost<T, TItem>(this IRuleBuilder<T, IReadOnlyList<TItem>> rule, int maximum, string what) => rule
        .Must(list => list.Count <= maximum).WithMessage($"Give {maximum} {what} or fewer");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> DistinctKeys<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(keys => keys.Distinct(StringComparer.Ordinal).Count() == keys.Count).WithMessage("Name each key once");
}
