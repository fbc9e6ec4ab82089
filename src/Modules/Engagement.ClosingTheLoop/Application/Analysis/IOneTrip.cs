using System.Data.Common;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Reads by statements over this module's tables and <c>participation.v1_…</c> that go to the database together, in one trip and one transaction.</summary>
internal interface IOneTrip
{
    Task<List<T>> Read<T>(Planning planning, Statement<T> statement, CancellationToken cancellationToken);

    Task<(List<TFirst> First, List<TSecond> Second)> Read<TFirst, TSecond>(
        Planning planning, Statement<TFirst> first, Statement<TSecond> second, CancellationToken cancellationToken);
}

/// <summary>How the database plans a statement that it is given again and again. Left to itself it weighs its own guesses, and may plan each time what one plan would do for.</summary>
internal enum Planning
{
    /// <summary>Where one plan is right whatever is looked for: planning took half of the time of such a statement.</summary>
    OnceForAllValues,

    /// <summary>The same where many rows are known to match: they are met soon in the order of the primary key, and are not gathered first to be sorted.</summary>
    OnceInOrder,

    /// <summary>
    /// Where the best plan depends on what is looked for: a word that hardly anybody says, or one that most say. What belongs to one consultation lies together; the database takes it for
    /// spread evenly over the table, reads that from its start in the hope of meeting enough of it soon, or gathers a hundred thousand places of a word to look at a thousand. So it is told
    /// to go by an index, and that the next page costs hardly more than the same.
    /// </summary>
    ForEachValue,
}

/// <param name="Row">Makes a row of where the reader stands; columns are known by their place.</param>
internal sealed record Statement<T>(FormattableString Sql, Func<DbDataReader, T> Row);
