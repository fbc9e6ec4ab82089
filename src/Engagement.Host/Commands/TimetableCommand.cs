using Engagement.Consultations.Application;

namespace Engagement.Host.Commands;

internal static class TimetableCommand
{
    public static readonly Command Definition = new(
        ["timetable"],
        "compute statutory dates for a file of cases; needs no database",
        [new Option("--cases", "FILE", "JSON: [{\"id\",\"regime\",\"given\":{...}}...]; the results go to standard output")],
        async options =>
        {
            var cases = await File.ReadAllTextAsync(options.Required("--cases"));
            using var reader = new StringReader(cases);
            return TimetableCases.Run(reader, Console.Out, Console.Error);
        });
}
