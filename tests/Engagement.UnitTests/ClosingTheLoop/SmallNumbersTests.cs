using Engagement.ClosingTheLoop.Domain;

namespace Engagement.UnitTests.ClosingTheLoop;

public sealed class SmallNumbersTests
{
    [Fact]
    public void A_table_without_small_numbers_hides_nothing() => Shown("5 60", "70 0", "8 9").ShouldBe(["5 60", "70 0", "8 9"]);

    [Fact]
    public void Four_are_hidden_and_five_are_shown()
    {
        Shown("5 30", "40 50").ShouldBe(["5 30", "40 50"]);
        Shown("4 30", "40 50").ShouldBe(["- -", "- -"]);
    }

    [Fact]
    public void Nobody_is_no_person_and_shown() => Shown("0 30", "40 50").ShouldBe(["0 30", "40 50"]);

    [Fact]
    [Trait("Attack", "F01")]
    public void A_cell_of_one_takes_three_others_with_it_those_of_fewest_answers() =>
        Shown("1 30 20 90", "60 50 10 80", "70 40 95 99").ShouldBe(["- 30 - 90", "- 50 - 80", "70 40 95 99"]);

    [Fact]
    public void Two_small_numbers_of_a_row_hide_each_other_only_where_they_leave_each_other_room()
    {
        // Three and four: either could be none to four of the seven.
        Shown("3 4 50", "40 60 70").ShouldBe(["- - 50", "- - 70"]);

        // One and none: of one together each is none or one, which tells nearly all.
        Shown("1 0 50", "40 60 70").ShouldNotBe(["- - 50", "- - 70"]);
    }

    [Fact]
    public void A_row_that_all_chose_is_known_from_its_totals_whatever_is_hidden() => Shown("3 40", "0 0").ShouldBe(["- 40", "0 0"]);

    /// <summary>Every table that has the same totals and the same shown cells is looked at: none of it is worked out by what hides.</summary>
    [Fact]
    [Trait("Attack", "F01")]
    public void From_what_is_shown_and_the_totals_no_small_number_can_be_told_more_closely_than_the_totals_alone_tell()
    {
        var random = new Random(20261125);
        var small = 0;
        for (var n = 0; n < 10_000; n++)
        {
            var counts = new int[2 + random.Next(2), 2 + random.Next(2)];
            var most = 2 + random.Next(12);
            foreach (var (row, column) in Cells(counts))
            {
                counts[row, column] = random.Next(most);
            }

            var hidden = SmallNumbers.Hidden(counts);
            var (least, greatest) = Bounds(counts, hidden);
            var all = Cells(counts).Sum(c => counts[c.Row, c.Column]);
            foreach (var (row, column) in Cells(counts))
            {
                if (counts[row, column] is < 1 or > 4)
                {
                    continue;
                }

                small++;
                hidden[row, column].ShouldBeTrue();
                var (inRow, inColumn) = (Cells(counts).Where(c => c.Row == row).Sum(c => counts[c.Row, c.Column]), Cells(counts).Where(c => c.Column == column).Sum(c => counts[c.Row, c.Column]));
                least[row, column].ShouldBeLessThanOrEqualTo(Math.Max(0, inRow + inColumn - all));
                greatest[row, column].ShouldBeGreaterThanOrEqualTo(Math.Min(4, Math.Min(inRow, inColumn)));
            }
        }

        small.ShouldBeGreaterThan(1000);
    }

    /// <summary>By trying: each hidden cell in turn gets every value that its row and column still have room for.</summary>
    private static (int[,] Least, int[,] Greatest) Bounds(int[,] counts, bool[,] hidden)
    {
        var cells = Cells(counts).Where(c => hidden[c.Row, c.Column]).ToList();
        var rows = Enumerable.Range(0, counts.GetLength(0)).Select(r => cells.Where(c => c.Row == r).Sum(c => counts[c.Row, c.Column])).ToArray();
        var columns = Enumerable.Range(0, counts.GetLength(1)).Select(k => cells.Where(c => c.Column == k).Sum(c => counts[c.Row, c.Column])).ToArray();
        var lastOfRow = cells.GroupBy(c => c.Row).ToDictionary(g => g.Key, g => g.Last());
        var lastOfColumn = cells.GroupBy(c => c.Column).ToDictionary(g => g.Key, g => g.Last());
        var (least, greatest) = ((int[,])counts.Clone(), (int[,])counts.Clone());
        var now = new int[counts.GetLength(0), counts.GetLength(1)];
        Try(0);
        return (least, greatest);

        void Try(int n)
        {
            if (n == cells.Count)
            {
                foreach (var (row, column) in cells)
                {
                    least[row, column] = Math.Min(least[row, column], now[row, column]);
                    greatest[row, column] = Math.Max(greatest[row, column], now[row, column]);
                }

                return;
            }

            var (r, k) = cells[n];
            var room = Math.Min(rows[r], columns[k]);
            for (var value = lastOfRow[r] == cells[n] ? rows[r] : lastOfColumn[k] == cells[n] ? columns[k] : 0; value <= room; value++)
            {
                if (lastOfColumn[k] == cells[n] && value != columns[k])
                {
                    continue;
                }

                now[r, k] = value;
                (rows[r], columns[k]) = (rows[r] - value, columns[k] - value);
                Try(n + 1);
                (rows[r], columns[k]) = (rows[r] + value, columns[k] + value);
            }
        }
    }

    private static IEnumerable<(int Row, int Column)> Cells(int[,] counts) =>
        from row in Enumerable.Range(0, counts.GetLength(0)) from column in Enumerable.Range(0, counts.GetLength(1)) select (row, column);

    /// <summary>Rows as they would be read; a hidden cell is a dash.</summary>
    private static string[] Shown(params string[] rows)
    {
        int[][] given = [.. rows.Select(r => r.Split(' ').Select(int.Parse).ToArray())];
        var counts = new int[rows.Length, given[0].Length];
        foreach (var (row, column) in Cells(counts))
        {
            counts[row, column] = given[row][column];
        }

        var hidden = SmallNumbers.Hidden(counts);
        return [.. given.Select((row, r) => string.Join(' ', row.Select((count, c) => hidden[r, c] ? "-" : $"{count}")))];
    }
}
