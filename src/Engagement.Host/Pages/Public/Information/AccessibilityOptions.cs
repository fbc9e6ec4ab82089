using Engagement.Host.Brand;
using Engagement.Kernel;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Pages.Public.Information;

/// <summary>What the accessibility statement says that no program can know by itself. Section <c>Accessibility</c>.</summary>
public sealed class AccessibilityOptions
{
    public const string Section = "Accessibility";

    public DateOnly PreparedOn { get; set; } = new(2026, 11, 25);

    public DateOnly ReviewedOn { get; set; } = new(2026, 11, 25);

    public DateOnly TestedOn { get; set; } = new(2026, 11, 25);

    /// <summary>Who tested and how, as a sentence.</summary>
    public string HowTested { get; set; } =
        "Every page was tested in all its states by its makers with axe-core against WCAG 2.2 A and AA, at 320 CSS pixels, with the keyboard alone and without JavaScript.";

    /// <summary>What is not accessible; empty where nothing is known. With one the service is partially compliant.</summary>
    public IList<AccessibilityIssue> KnownIssues { get; } = [];
}

/// <summary>One part that some people cannot use.</summary>
public sealed class AccessibilityIssue
{
    public string What { get; set; } = "";

    /// <summary>Such as <c>1.4.3 Contrast (minimum)</c>.</summary>
    public string Criterion { get; set; } = "";

    /// <summary>Why it is so, and what is done about it by when.</summary>
    public string Reason { get; set; } = "";

    /// <summary>How people get the same in another way.</summary>
    public string Alternative { get; set; } = "";
}

/// <summary>The statement as it stands today (Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018, reg. 7).</summary>
public sealed class AccessibilityStatement(IOptions<AccessibilityOptions> options, IOptions<CouncilOptions> council, TimeProvider clock)
{
    /// <summary>A test is good for a year; officers are warned a month before.</summary>
    public const int MonthsBeforeWarning = 11;

    public AccessibilityOptions Facts => options.Value;

    public CouncilOptions Council => council.Value;

    /// <summary>True from the day after eleven months since the last test: for the officers' list of what needs them.</summary>
    public bool IsTestDue => UkTime.DateOf(clock.GetUtcNow()) > Facts.TestedOn.AddMonths(MonthsBeforeWarning);

    public string Status => Facts.KnownIssues.Count == 0 ? "fully compliant" : "partially compliant";
}
