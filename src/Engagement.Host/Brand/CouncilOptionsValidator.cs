using System.Globalization;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Brand;

/// <summary>Refuses to start with a brand that some people could not read (WCAG 2.2, 1.4.3 and 1.4.11), or with a logo that is not there.</summary>
internal sealed class CouncilOptionsValidator : IValidateOptions<CouncilOptions>
{
    private const double OfText = 4.5;
    private const double OfMarks = 3;

    public ValidateOptionsResult Validate(string? name, CouncilOptions options)
    {
        string?[] failures =
        [
            Check(nameof(options.HeaderBackground), options.HeaderBackground, options.HeaderText, OfText),
            Check(nameof(options.LinkColour), options.LinkColour, "#ffffff", OfText),
            Check(nameof(options.BrandColour), options.BrandColour, "#ffffff", OfMarks),
            CheckLogo(options.LogoFile),
        ];
        return failures.OfType<string>().ToList() is { Count: > 0 } found ? ValidateOptionsResult.Fail(found) : ValidateOptionsResult.Success;
    }

    private static string? Check(string setting, string colour, string against, double least)
    {
        try
        {
            var contrast = Contrast.Of(colour, against);
            return contrast >= least ? null : string.Create(
                CultureInfo.InvariantCulture,
                $"{CouncilOptions.Section}:{setting} is {colour}, which has a contrast of {contrast:0.00}:1 against {against}; WCAG 2.2 asks for {least}:1. Choose a darker or a lighter colour.");
        }
        catch (FormatException error)
        {
            return $"{CouncilOptions.Section}:{setting}: {error.Message}";
        }
    }

    private static string? CheckLogo(string file) => file.Length == 0 || (File.Exists(file) && BrandRegistration.MediaTypeOf(file) is not null)
        ? null
        : $"{CouncilOptions.Section}:{nameof(CouncilOptions.LogoFile)} names {file}, which is not there or is no PNG, JPEG or WebP file.";
}
