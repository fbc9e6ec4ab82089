namespace Engagement.Kernel;

/// <summary>A rule of the domain says no. The API answers 409 with the code, a page shows the sentence.</summary>
/// <param name="code">Stable, for machines: lower case with hyphens, such as <c>deadline-passed</c>.</param>
/// <param name="message">What happened, why, and what to do: a sentence for people.</param>
/// <param name="breaches">Each thing that stands in the way, where there can be more than one.</param>
/// <param name="facts">Members added to the answer, such as both instants of a closed consultation; never one that every refusal has.</param>
public sealed class RuleBrokenException(
    string code,
    string message,
    IReadOnlyList<Breach>? breaches = null,
    IReadOnlyDictionary<string, object>? facts = null) : Exception(message)
{
    // RFC 9457 and what the API adds to every refusal: a second member of the same name would make the answer unreadable.
    private static readonly string[] MembersOfEveryRefusal = ["type", "title", "status", "detail", "instance", "breaches", "errors", "traceId"];

    public string Code { get; } = code;

    public IReadOnlyList<Breach> Breaches { get; } = breaches ?? [];

    public IReadOnlyDictionary<string, object> Facts { get; } = facts is null ? new Dictionary<string, object>(StringComparer.Ordinal)
        : facts.Keys.Intersect(MembersOfEveryRefusal, StringComparer.Ordinal).FirstOrDefault() is { } taken ? throw new ArgumentException($"Every refusal has a member '{taken}'; call the fact something else.", nameof(facts))
        : facts;
}

/// <summary>One of several things that stand in the way of what was asked.</summary>
/// <param name="Rule">The rule's stable key, such as <c>tro-permanent/min_close</c> or <c>theme-without-disposition</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Citation">The law or guidance the rule rests on; null for a rule of this product.</param>
/// <param name="EarliestLawful">The first date that would do, on the UK calendar; null where no date mends it.</param>
/// <param name="Subject">What it is about, such as a theme's name; null where the rule says it all.</param>
public sealed record Breach(string Rule, string Message, string? Citation = null, DateOnly? EarliestLawful = null, string? Subject = null);
