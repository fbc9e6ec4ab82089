namespace Engagement.Build;

/// <summary>The browser that the end-to-end tests drive.</summary>
internal static class Chromium
{
    /// <summary>Names the browser to the tests; without it they take the one that Playwright has installed.</summary>
    public const string PathVariable = "ENGAGEMENT_CHROMIUM";

    /// <summary>Finds a browser or installs one: Debian's package as root on Debian, otherwise Playwright's own.</summary>
    /// <param name="playwright">The directory of the end-to-end tests' output that holds Playwright's driver.</param>
    /// <returns>The program, or null where Playwright finds its own.</returns>
    public static async Task<string?> EnsureAsync(string playwright)
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new StepFailedException("Finding Chromium", $"there is no {named}", $"correct {PathVariable}, or remove it.");
        }

        if (Installed() is { } installed)
        {
            return installed;
        }

        const string step = "Installing Chromium for the end-to-end tests";
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await IsDebianAsync())
        {
            const string remedy = "check the connection to Debian's package servers, or install a Chromium by hand and let " + PathVariable + " name it.";
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DEBIAN_FRONTEND"] = "noninteractive" };
            await Step.CommandAsync("Reading Debian's list of packages", "apt-get", ["update", "-q"], remedy, environment: environment);
            await Step.CommandAsync(step, "apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], remedy, environment: environment);
            return Installed() ?? throw new StepFailedException(step, "the package 'chromium' brought no program of that name", remedy);
        }

        // The libraries that it needs come from the system's packages, which only root may install.
        string[] libraries = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? ["--with-deps"] : [];
        await Step.CommandAsync(
            step,
            "node",
            [Path.Combine(playwright, "package", "cli.js"), "install", .. libraries, "chromium"],
            $"check the connection to Playwright's download servers, or install Chromium by hand and let {PathVariable} name it.");
        return null;
    }

    private static string? Installed() =>
        OperatingSystem.IsLinux() && File.Exists("/usr/bin/chromium") ? "/usr/bin/chromium" : null;

    private static async Task<bool> IsDebianAsync() =>
        File.Exists("/etc/os-release") && (await File.ReadAllLinesAsync("/etc/os-release")).Contains("ID=debian", StringComparer.Ordinal);
}
