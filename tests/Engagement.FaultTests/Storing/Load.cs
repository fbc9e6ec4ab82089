using System.Globalization;
using Engagement.FaultTests.Closing;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>Participants who respond one after the other while something breaks.</summary>
internal static class Load
{
    public const int Participants = 32;

    /// <summary>Before the first fault and after the last one: some hundred responses.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(500);

    /// <summary>Participants respond from the opening until the faults are over and a little longer; then everything is checked.</summary>
    public static async Task<ClientHistory> UnderLoad(this ProductionRig rig, ITestOutputHelper output, Func<RiggedConsultation, ClientHistory, Task> faults)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}"));
        var consultation = await rig.ScheduledConsultation("Stops", TimeSpan.FromDays(1));
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, Participants).Select(n => new Participant(n, FaultSettings.Seed + n, rig.WebAddress, consultation.Slug, history)).ToList();
        await Instants.Until(consultation.OpensAt);
        using var over = new CancellationTokenSource();
        var responding = Task.WhenAll(participants.Select(p => p.Respond(consultation.ClosesAt, giveUp: consultation.ClosesAt, over.Token)));
        await Task.Delay(Rest);
        await faults(consultation, history);
        await Task.Delay(Rest);
        await over.CancelAsync();
        await responding;
        participants.ForEach(p => p.Dispose());

        var stored = await StoredResponse.Of(rig, consultation);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{history.Responses.Count} responses in {history.Attempts.Count} attempts, {history.Attempts.Count(a => a.IsUnknown)} without an answer, {history.Attempts.Count(a => a.Replayed)} answered by the receipt of an earlier attempt; stored {stored.Count}"));
        new ResponseChecks(consultation, history, stored).CheckAll();
        return history;
    }
}
