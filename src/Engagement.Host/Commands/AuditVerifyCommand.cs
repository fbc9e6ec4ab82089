using Engagement.Platform.Audit;

namespace Engagement.Host.Commands;

internal static class AuditVerifyCommand
{
    public static readonly Command Definition = new(
        ["audit", "verify"],
        "walk every chain of history and every seal, and name what does not fit",
        [Database.PostgresOption, Database.DataOption],
        options => OneOff.RunAsync(options, async (services, cancellationToken) =>
        {
            var result = await services.GetRequiredService<ChainVerifier>().VerifyAsync(null, cancellationToken);
            foreach (var problem in result.Problems)
            {
                await Console.Out.WriteLineAsync(problem);
            }

            await Console.Out.WriteLineAsync(
                $"{result.Entries} entries in {result.Chains} chains and {result.Seals} seals: {(result.IsWhole ? "the record is whole" : $"{result.Problems.Count} places do not fit")}.");
            return result.IsWhole ? 0 : 1;
        }));
}
