using System.Text.RegularExpressions;

namespace Engagement.Host.Pages.Admin.Consultations;

/// <summary>Where a citation can be read at legislation.gov.uk; only where the citation itself says which law it is.</summary>
public static partial class LegislationLink
{
    /// <summary>Chapter numbers of Acts, by their short titles.</summary>
    private static readonly Dictionary<string, string> Acts = new(StringComparer.Ordinal)
    {
        ["Acquisition of Land Act 1981"] = "1981/67",
        ["Anti-social Behaviour, Crime and Policing Act 2014"] = "2014/12",
        ["Care Act 2014"] = "2014/23",
        ["Childcare Act 2006"] = "2006/21",
        ["Children and Families Act 2014"] = "2014/6",
        ["Commons Act 2006"] = "2006/26",
        ["Education and Inspections Act 2006"] = "2006/40",
        ["Environment Act 2021"] = "2021/30",
        ["Equality Act 2010"] = "2010/15",
        ["Flood and Water Management Act 2010"] = "2010/29",
        ["Highways Act 1980"] = "1980/66",
        ["Housing Act 2004"] = "2004/34",
        ["Local Government Act 1972"] = "1972/70",
        ["Local Government Act 1986"] = "1986/10",
        ["Local Government Act 2000"] = "2000/22",
        ["Local Government Finance Act 1988"] = "1988/41",
        ["Local Government Finance Act 1992"] = "1992/14",
        ["Localism Act 2011"] = "2011/20",
        ["Planning Act 2008"] = "2008/29",
        ["Planning and Compulsory Purchase Act 2004"] = "2004/5",
        ["Public Libraries and Museums Act 1964"] = "1964/75",
        ["Road Traffic Regulation Act 1984"] = "1984/27",
        ["School Standards and Framework Act 1998"] = "1998/31",
        ["Town and Country Planning Act 1990"] = "1990/8",
        ["Transport Act 2000"] = "2000/38",
        ["Wildlife and Countryside Act 1981"] = "1981/69",
        ["EIA 2006"] = "2006/40",
        ["HA 1980"] = "1980/66",
        ["PCPA 2004"] = "2004/5",
        ["RTRA 1984"] = "1984/27",
        ["TCPA 1990"] = "1990/8",
        ["WCA 1981"] = "1981/69",
    };

    /// <returns>Null where the citation does not say enough.</returns>
    public static string? Of(string? citation)
    {
        if (citation is null)
        {
            return null;
        }

        if (Instrument().Match(citation) is { Success: true } instrument)
        {
            return $"https://www.legislation.gov.uk/uksi/{instrument.Groups["year"].Value}/{instrument.Groups["number"].Value}{PartOf(instrument)}";
        }

        foreach (var (title, chapter) in Acts)
        {
            var at = citation.IndexOf(title, StringComparison.Ordinal);
            if (at >= 0 && (at == 0 || !char.IsLetter(citation[at - 1])))
            {
                return $"https://www.legislation.gov.uk/ukpga/{chapter}{PartOf(Part().Match(citation[(at + title.Length)..]))}";
            }
        }

        return null;
    }

    private static string PartOf(Match match) => match.Groups["kind"].Value switch
    {
        "reg" or "regs" => $"/regulation/{match.Groups["place"].Value}",
        "art" or "arts" => $"/article/{match.Groups["place"].Value}",
        "s" or "ss" => $"/section/{match.Groups["place"].Value}",
        "Sch" => $"/schedule/{match.Groups["place"].Value}",
        _ => "",
    };

    [GeneratedRegex(@"\bSI (?<year>[12]\d{3})/(?<number>\d{1,5})(?:[,)]? (?<kind>regs?|arts?|Sch)\.? ?(?<place>\d+[A-Z]{0,2}))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^,? (?<kind>ss?|Sch)\.? ?(?<place>\d+[A-Z]{0,2})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
