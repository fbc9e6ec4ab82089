namespace Engagement.ClosingTheLoop.Domain;

/// <summary>
/// Which cells of a table of two questions are not shown, so that the table tells of nobody what they answered: those from 1 to 4, and as many others as it
/// takes that none of these can be worked out. The totals of the lines are known to everybody who reads the table: they are the frequencies of each question.
/// </summary>
internal static class SmallNumbers
{
    /// <summary>The smallest count other than 0 that is shown.</summary>
    public const int Threshold = 5;

    /// <param name="counts">By row and column, without totals.</param>
    /// <returns>
    /// True for each cell that is not shown. What is shown and the totals leave each small count any value from 0 to 4, but for values that the totals alone
    /// rule out: of a line with one person in it everybody knows that no cell holds two.
    /// </returns>
    public static bool[,] Hidden(int[,] counts)
    {
        var table = new Table(counts);
        var small = table.Cells.Where(c => counts[c.Row, c.Column] is > 0 and < Threshold).ToList();
        small.ForEach(table.Hide);
        foreach (var cell in small)
        {
            while (!table.IsSafe(cell))
            {
                table.HideAround(cell);
            }
        }

        return table.Hidden;
    }

    private sealed class Table
    {
        private readonly int[,] counts;
        private readonly int[] rows;
        private readonly int[] columns;
        private readonly int all;

        public Table(int[,] counts)
        {
            this.counts = counts;
            Hidden = new bool[counts.GetLength(0), counts.GetLength(1)];
            rows = [.. Enumerable.Range(0, counts.GetLength(0)).Select(r => Enumerable.Range(0, counts.GetLength(1)).Sum(c => counts[r, c]))];
            columns = [.. Enumerable.Range(0, counts.GetLength(1)).Select(c => Enumerable.Range(0, counts.GetLength(0)).Sum(r => counts[r, c]))];
            all = rows.Sum();
        }

        public bool[,] Hidden { get; }

        public IEnumerable<(int Row, int Column)> Cells => from r in Enumerable.Range(0, rows.Length) from c in Enumerable.Range(0, columns.Length) select (r, c);

        public void Hide((int Row, int Column) cell) => Hidden[cell.Row, cell.Column] = true;

        /// <summary>Whether other tables with the same totals, which differ in hidden cells only, have the least and the most that is asked for here.</summary>
        public bool IsSafe((int Row, int Column) cell) => CanLower(cell, Lower(cell)) && CanRaise(cell, Raise(cell));

        /// <summary>
        /// Hides three cells that form a rectangle with this one: what is taken from one corner can be added to the next. Of those that suffice the one that takes
        /// fewest answers out of sight; where none does, the one that leaves most room. There is one while not all is hidden, and then only the totals bind.
        /// </summary>
        public void HideAround((int Row, int Column) cell)
        {
            var (lower, raise) = (Lower(cell), Raise(cell));
            var best = Cells
                .Where(o => o.Row != cell.Row && o.Column != cell.Column && rows[o.Row] > 0 && columns[o.Column] > 0)
                .Select(o => (Corners: (List<(int Row, int Column)>)[o, (cell.Row, o.Column), (o.Row, cell.Column)], Room: Math.Min(
                    Math.Min(counts[o.Row, o.Column], lower),
                    Math.Min(Math.Min(counts[cell.Row, o.Column], counts[o.Row, cell.Column]), raise))))
                .Where(o => o.Corners.Exists(c => !Hidden[c.Row, c.Column]))
                .OrderBy(o => IsEnough(o.Corners) ? 0 : 1)
                .ThenByDescending(o => IsEnough(o.Corners) ? 0 : o.Room)
                .ThenBy(o => o.Corners.Where(c => !Hidden[c.Row, c.Column]).Sum(c => counts[c.Row, c.Column]))
                .First();
            best.Corners.ForEach(Hide);

            bool IsEnough(List<(int Row, int Column)> c) =>
                counts[c[0].Row, c[0].Column] >= lower && counts[c[1].Row, c[1].Column] >= raise && counts[c[2].Row, c[2].Column] >= raise;
        }

        /// <summary>By how much it could be less: to 0, or to what the totals alone demand.</summary>
        private int Lower((int Row, int Column) cell) => counts[cell.Row, cell.Column] - Math.Max(0, rows[cell.Row] + columns[cell.Column] - all);

        /// <summary>By how much it could be more: to the last count that is not shown, or to what the totals alone allow.</summary>
        private int Raise((int Row, int Column) cell) => Math.Min(Threshold - 1, Math.Min(rows[cell.Row], columns[cell.Column])) - counts[cell.Row, cell.Column];

        private bool CanLower((int Row, int Column) cell, int by) => Flow(cell, cell.Row, rows.Length + cell.Column, by) == by;

        private bool CanRaise((int Row, int Column) cell, int by) => Flow(cell, rows.Length + cell.Column, cell.Row, by) == by;

        /// <summary>
        /// How many of so many answers can be moved from one line to another through hidden cells other than this one, so that every total stays: from a row to a
        /// column by raising a cell, without limit, and from a column to a row by lowering one, down to 0.
        /// </summary>
        private int Flow((int Row, int Column) without, int from, int to, int atMost)
        {
            var now = (int[,])counts.Clone();
            for (var moved = 0; ; moved++)
            {
                if (moved == atMost || FindWay(now, without, from, to) is not { } way)
                {
                    return moved;
                }

                for (var line = to; line != from; line = way[line])
                {
                    var raised = way[line] < rows.Length;
                    now[raised ? way[line] : line, (raised ? line : way[line]) - rows.Length] += raised ? 1 : -1;
                }
            }
        }

        /// <returns>For each line the one before it on a shortest way; null where there is none.</returns>
        private int[]? FindWay(int[,] now, (int Row, int Column) without, int from, int to)
        {
            var before = Enumerable.Repeat(-1, rows.Length + columns.Length).ToArray();
            var next = new Queue<int>([from]);
            before[from] = from;
            while (next.TryDequeue(out var line) && before[to] < 0)
            {
                var isRow = line < rows.Length;
                for (var other = isRow ? rows.Length : 0; other < (isRow ? before.Length : rows.Length); other++)
                {
                    var (row, column) = isRow ? (line, other - rows.Length) : (other, line - rows.Length);
                    if (before[other] < 0 && Hidden[row, column] && (row, column) != without && (isRow || now[row, column] > 0))
                    {
                        before[other] = line;
                        next.Enqueue(other);
                    }
                }
            }

            return before[to] < 0 ? null : before;
        }
    }
}
