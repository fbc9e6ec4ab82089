using System.Net.Mail;
using System.Text.RegularExpressions;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Participation.Application.Responses;

/// <summary>The shape of what comes with every response, however it comes.</summary>
internal static class ResponseRules
{
    public const int LongestName = 200;
    public const int LongestAddress = 254;
    public const int MostAnswers = 500;
    public const string DefaultLanguage = "en";

    // Without backtracking there is nothing to set a time limit for, which a busy machine would pass by accident.
    private static readonly Regex LanguageTag = new(@"^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}\z", RegexOptions.NonBacktracking);

    public static IRuleBuilderOptions<T, IReadOnlyDictionary<string, AnswerValue?>> AreNotTooMany<T>(this IRuleBuilder<T, IReadOnlyDictionary<string, AnswerValue?>> rule) =>
        rule.Must(a => a.Count <= MostAnswers).WithMessage($"There can be at most {MostAnswers} answers");

    public static IRuleBuilderOptions<T, string?> IsAName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(n => n is null || PlainText.Clean(n).Length is > 0 and <= LongestName)
            .WithMessage($"Enter whom you answer for in {LongestName} characters or fewer, or leave it out");

    public static IRuleBuilderOptions<T, string?> IsALanguage<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(l => l is null || LanguageTag.IsMatch(l)).WithMessage("Give the language as a tag such as en or cy-GB");

    public static IRuleBuilderOptions<T, string?> IsAnAddress<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(e => e is null || IsAddress(e)).WithMessage("Enter an e-mail address such as name@example.com");

    /// <exception cref="ValidationException">One failure for each question that needs correcting, under <c>answers.CODE</c>.</exception>
    /// <exception cref="RuleBrokenException"><c>screened-out</c>: the answers lead to an exit page, so they are not taken.</exception>
    public static AnswerSheet CheckAnswers(QuestionnaireContent questionnaire, IReadOnlyDictionary<string, AnswerValue?> answers, bool mayBeIncomplete = false)
    {
        var sheet = AnswerSheet.Check(questionnaire, answers, mayBeIncomplete);
        if (sheet.Problems.Count > 0)
        {
            throw new ValidationException(sheet.Problems.Select(p => new ValidationFailure($"answers.{p.Question}", p.Message)));
        }

        return sheet.Exit is { } exit
            ? throw new RuleBrokenException("screened-out", $"{exit.Title}. Nothing was stored. {exit.Text} {exit.NextStep}".ReplaceLineEndings(" "))
            : sheet;
    }

    public static string? CleanName(string? name) => name is null ? null : PlainText.Clean(name).ReplaceLineEndings(" ");

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress
        && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')')
        && MailAddress.TryCreate(text, out var address) && string.Equals(address.Address, text, StringComparison.Ordinal)
        && address.Host.Contains('.', StringComparison.Ordinal);
}
