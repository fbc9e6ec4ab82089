using System.Text.Json;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Platform.Web;

public static class QueryValue
{
    /// <summary>One of several names in the address, spelt as answers spell them, such as <c>awaiting-approval</c>.</summary>
    /// <exception cref="ValidationException">It is none of them.</exception>
    public static T? Read<T>(string? text, string parameter)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var names = Enum.GetValues<T>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()), StringComparer.Ordinal);
        return names.TryGetValue(text, out var found)
            ? found
            : throw new ValidationException([new ValidationFailure(parameter, $"Choose one of: {string.Join(", ", names.Keys)}")]);
    }
}
