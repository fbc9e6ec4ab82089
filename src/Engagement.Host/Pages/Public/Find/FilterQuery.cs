using System.Text;
using System.Text.Json;
using Engagement.Consultations.Application.Public;
using Engagement.Consultations.Domain;

namespace Engagement.Host.Pages.Public.Find;

/// <summary>The state of the list as it stands in the address, the same for the page and its feeds: <c>?q=bus&amp;topic=roads&amp;topic=parking&amp;status=open</c>.</summary>
public sealed record FilterQuery(string Words, IReadOnlyList<string> Topics, IReadOnlyList<string> Areas, IReadOnlyList<string> Audiences, IReadOnlyList<PublicStatus> Statuses)
{
    /// <summary>What the list does not know is left out: an old link still leads to a list.</summary>
    public static FilterQuery Of(IQueryCollection query) => new(
        query["q"].ToString().Trim(),
        Values(query, "topic"),
        Values(query, "area"),
        Values(query, "audience"),
        [.. Values(query, "status").Select(Read).OfType<PublicStatus>().Distinct()]);

    public bool IsEmpty => Words.Length == 0 && Topics.Count + Areas.Count + Audiences.Count + Statuses.Count == 0;

    public PublicFilter Filter => new(Words.Length == 0 ? null : Words, Topics, Areas, Audiences, Statuses);

    public static string Write(PublicStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    /// <summary>The address that shows it.</summary>
    /// <param name="page">From 1.</param>
    public string Address(string path = "/", int page = 1)
    {
        var parts = new StringBuilder();
        Add("q", Words.Length == 0 ? [] : [Words]);
        Add("topic", Topics);
        Add("area", Areas);
        Add("audience", Audiences);
        Add("status", Statuses.Select(Write));
        Add("page", page > 1 ? [page.ToString(System.Globalization.CultureInfo.InvariantCulture)] : []);
        return path + parts;

        void Add(string name, IEnumerable<string> values)
        {
            foreach (var value in values)
            {
                parts.Append(parts.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    private static PublicStatus? Read(string text) => Enum.GetValues<PublicStatus>().Where(s => Write(s) == text).Select(s => (PublicStatus?)s).FirstOrDefault();

    private static List<string> Values(IQueryCollection query, string name) =>
        [.. query[name].OfType<string>().Select(v => v.Trim()).Where(v => v.Length > 0).Distinct(StringComparer.Ordinal)];
}
