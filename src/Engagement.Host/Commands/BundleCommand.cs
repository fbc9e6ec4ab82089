using Engagement.Consultations.Application.Bundles;
using Engagement.Platform.Bundles;
using MediatR;

namespace Engagement.Host.Commands;

internal static class BundleCommand
{
    public static readonly Command Definition = new(
        ["bundle"],
        "make the bundle of a consultation that a court would ask for",
        [
            new Option("--consultation", "REF", "the last part of its public address, or its id"),
            new Option("--out", "FILE.zip", "the file to write; it must not be there yet"),
            new Option("--full", null, "with people's own words; without it they are left out"),
            Database.PostgresOption,
            Database.DataOption,
        ],
        RunAsync);

    private static Task<int> RunAsync(Options options)
    {
        var reference = options.Required("--consultation");
        var file = Path.GetFullPath(options.Required("--out"));
        var inFull = options.Has("--full");
        return File.Exists(file) || Directory.Exists(file)
            ? throw new UsageException($"{file} is there already. Name another file, or remove it first.")
            : !Directory.Exists(Path.GetDirectoryName(file))
                ? throw new UsageException($"There is no folder {Path.GetDirectoryName(file)}.")
                : OneOff.RunAsync(options, (services, cancellationToken) => MakeAsync(services.GetRequiredService<IMediator>(), reference, file, inFull, cancellationToken));
    }

    private static async Task<int> MakeAsync(IMediator mediator, string reference, string file, bool inFull, CancellationToken cancellationToken)
    {
        if (await mediator.Send(new FindConsultationByReference(reference), cancellationToken) is not { } consultation)
        {
            await Console.Error.WriteLineAsync($"There is no consultation '{reference}'. Give the last part of its public address, such as rural-buses, or its id.");
            return 1;
        }

        // Under another name until it is whole, so that half a bundle is never taken for one.
        var unfinished = file + ".part";
        try
        {
            BundleMade made;
            await using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true))
            {
                var begun = -1;
                made = await mediator.Send(new MakeBundle(consultation.Id, inFull, stream, Tell), cancellationToken);

                async ValueTask Tell(int done, int total, string section)
                {
                    if (done > begun)
                    {
                        begun = done;
                        await Console.Error.WriteLineAsync($"{done + 1} of {total}: {section}");
                    }
                }
            }

            File.Move(unfinished, file);
            await Console.Out.WriteLineAsync($"The bundle of “{consultation.Title}” is in {file}: {made.Files} files, {(inFull ? "with people's own words" : "redacted")}.");
            await Console.Out.WriteLineAsync($"manifest.json sha256: {made.Digest}");
            await Console.Error.WriteLineAsync("The digest is in the history of the consultation too. Open verify.html of the bundle in a browser to verify it.");
            return 0;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
