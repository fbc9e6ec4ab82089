namespace Engagement.Participation.Application.Telling;

/// <summary>What was done about a theme, in words for people: in messages and on receipts.</summary>
public static class DispositionWords
{
    /// <param name="disposition">As Closing the loop names it, such as <c>partly-adopted</c>.</param>
    public static string Spell(string disposition) => disposition switch
    {
        "adopted" => "Adopted",
        "partly-adopted" => "Adopted in part",
        "not-adopted" => "Not adopted",
        "out-of-scope" => "Outside what this consultation could decide",
        "already-planned" => "Already planned",
        _ => disposition,
    };
}
