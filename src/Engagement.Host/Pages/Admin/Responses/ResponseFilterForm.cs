using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Contracts;

namespace Engagement.Host.Pages.Admin.Responses;

/// <summary>What the list of responses is filtered by, as it stands in the address.</summary>
public sealed class ResponseFilterForm
{
    public const string IsCoded = "coded";
    public const string IsNotCoded = "not-coded";
    public const string PerhapsAProgram = "program";
    public const string NotAProgram = "person";

    public string? Words { get; set; }

    public string? Channel { get; set; }

    public string? Standing { get; set; }

    /// <summary><c>coded</c> or <c>not-coded</c>.</summary>
    public string? Coding { get; set; }

    public ThemeId? Theme { get; set; }

    public string? Option { get; set; }

    /// <summary><c>program</c> or <c>person</c>.</summary>
    public string? Sender { get; set; }

    public ResponseFilter Read() => new(
        Trimmed(Words), Trimmed(Channel), Trimmed(Standing), Coding switch { IsCoded => true, IsNotCoded => false, _ => null }, Theme, Trimmed(Option),
        Sender switch { PerhapsAProgram => true, NotAProgram => false, _ => null });

    /// <summary>The query of an address that filters so, from the question mark on; empty where nothing is filtered by.</summary>
    /// <param name="without">The name of a filter that is taken away.</param>
    /// <param name="place">One more parameter, such as <c>After=…</c>.</param>
    public string Query(string? without = null, string? place = null)
    {
        var parts = All().Where(p => p.Name != without).Select(p => $"Filter.{p.Name}={Uri.EscapeDataString(p.Value)}").ToList();
        if (place is not null)
        {
            parts.Add(place);
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    /// <summary>The filters that are set, by their names.</summary>
    public IEnumerable<(string Name, string Value)> All() =>
        from pair in new (string Name, string? Value)[]
        {
            (nameof(Words), Words), (nameof(Channel), Channel), (nameof(Standing), Standing), (nameof(Coding), Coding), (nameof(Theme), Theme?.ToString()), (nameof(Option), Option),
            (nameof(Sender), Sender),
        }
        where !string.IsNullOrWhiteSpace(pair.Value)
        select (pair.Name, pair.Value!);

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
