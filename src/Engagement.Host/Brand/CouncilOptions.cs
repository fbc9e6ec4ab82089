namespace Engagement.Host.Brand;

/// <summary>Whose service this is, on every page: name, colours, logo, and where people turn to. Section <c>Council</c>.</summary>
public sealed class CouncilOptions
{
    public const string Section = "Council";

    public string Name { get; set; } = "Our council";

    /// <summary>The name of the public service, in the navigation and in every title.</summary>
    public string ServiceName { get; set; } = "Have your say";

    /// <summary>Behind the header, as <c>#rrggbb</c>; at least 4.5:1 against <see cref="HeaderText"/>.</summary>
    public string HeaderBackground { get; set; } = "#1d3f5e";

    public string HeaderText { get; set; } = "#ffffff";

    /// <summary>Links, as <c>#rrggbb</c>; at least 4.5:1 against white.</summary>
    public string LinkColour { get; set; } = "#1a65a6";

    /// <summary>Lines and marks in the brand's colour, as <c>#rrggbb</c>; at least 3:1 against white.</summary>
    public string BrandColour { get; set; } = "#1d70b8";

    /// <summary>A PNG, JPEG or WebP file on the server, shown in the header in place of the name; empty for none.</summary>
    public string LogoFile { get; set; } = "";

    /// <summary>Where people turn to with questions, for other formats, and with problems.</summary>
    public string ContactEmail { get; set; } = "";

    public string ContactPhone { get; set; } = "";

    public string ContactAddress { get; set; } = "";
}
