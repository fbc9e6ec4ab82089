using System.Globalization;
using System.Text;
using Engagement.Consultations.Application;

namespace Engagement.Host.Commands;

internal static class TimetableCommand
{
    public static readonly Command Definition = new(
        ["timetable"],
        "compute the statutory timetable of each case in a file, as JSON; needs no database",
        [
            new Option("--cases", "FILE", "a JSON array of {\"id\", \"regime\", \"given\": {name: date, …}}; - reads standard input"),
            new Option("--rate", "SECONDS", "instead compute them over and over for so long, and say how many timetables that is in a second"),
        ],
        RunAsync);

    /// <summary>Standard output holds the answer and nothing else; what is wrong with a case goes to standard error.</summary>
    private static Task<int> RunAsync(Options options)
    {
        var file = options.Required("--cases");
        if (file != "-" && !File.Exists(file))
        {
            throw new UsageException($"There is no file {file}.");
        }

        using var input = file == "-" ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8) : new StreamReader(file, Encoding.UTF8);
        if (options.Number("--rate", 1, 3600) is { } seconds)
        {
            Console.WriteLine(TimetableCases.MeasureRate(input, TimeSpan.FromSeconds(seconds), TimeProvider.System).ToString("0", CultureInfo.InvariantCulture));
            return Task.FromResult(0);
        }

        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return Task.FromResult(TimetableCases.Run(input, output, Console.Error));
    }
}
