using System.Text;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Brand;

/// <summary>The council's brand, served as one small style sheet and one picture.</summary>
internal static class BrandRegistration
{
    private const string Fresh = "public, max-age=300";

    public static void AddBrand(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CouncilOptions>().Bind(configuration.GetSection(CouncilOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CouncilOptions>, CouncilOptionsValidator>();
    }

    public static void MapBrand(this IEndpointRouteBuilder app)
    {
        app.MapGet("/brand.css", (HttpContext http, IOptions<CouncilOptions> council) =>
        {
            http.Response.Headers.CacheControl = Fresh;
            return Results.Text(StyleOf(council.Value), "text/css", Encoding.UTF8);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/brand/logo", (HttpContext http, IOptions<CouncilOptions> council) =>
        {
            if (council.Value.LogoFile is not { Length: > 0 } file)
            {
                return Results.NotFound();
            }

            http.Response.Headers.CacheControl = Fresh;
            return Results.File(Path.GetFullPath(file), MediaTypeOf(file), lastModified: new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero));
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <returns>Null for a file that no page shows.</returns>
    public static string? MediaTypeOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        _ => null,
    };

    private static string StyleOf(CouncilOptions council) => $$"""
        :root {
          --govuk-brand-colour: {{council.BrandColour}};
          --govuk-link-colour: {{council.LinkColour}};
          --council-header-background: {{council.HeaderBackground}};
          --council-header-text: {{council.HeaderText}};
        }

        """;
}
