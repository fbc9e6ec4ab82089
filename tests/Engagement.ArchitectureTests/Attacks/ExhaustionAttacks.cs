namespace Engagement.ArchitectureTests.Attacks;

/// <summary>Section G: exhaustion.</summary>
internal static class ExhaustionAttacks
{
    public static readonly IReadOnlyList<Attack> All =
    [
        new("G01", "A body, a header or a pace beyond the limit"),
        new("G02", "A page of a hundred thousand rows"),
        new("G03", "A changed cursor or another list's", Differs: "validation-failed at the field cursor, as every parameter that is wrong"),
        new("G04", "Fifty exports of one officer", Differs: "409 beyond five that are unfinished"),
        new("G05", "Twice the allowed rate for a minute"),
        new("G06", "A free text of a megabyte"),
        new("G07", "A search term of ten thousand characters", Differs: "An address beyond 8 KiB is 414; a shorter term is searched for as it is"),
        new("G08", "Ten thousand form keys or answers"),
        new("G09", "Slow readers of an export"),
        new("G10", "One report asked for a hundred times", Differs: "Each is counted anew, since it may have changed; what one account asks for at once takes its part of the connections and no more"),
        new("G11", "A client that uses up the connections"),
        new("G12", "Storage that is nearly full", "Files lie in the database: there is no storage of their own. What a full disk does is shown by X15 of the fault tests"),
    ];
}
