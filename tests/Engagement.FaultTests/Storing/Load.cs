using System.Globalization;
using System.Net;
using Engagement.FaultTests.Closing;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>Participants who respond one after the other while something breaks.</summary>
internal static class Load
{
    public const int Participants = 32;

    /// <summary>So many responses are taken before the first fault, and as many after the last one.</summary>
    private const int InPeace = 100;

    /// <summary>Participants respond before the faults, until they are over and a little longer; then everything is checked.</summary>
    /// <param name="people">The more there are, the longer each waits, so that they are no greater load.</param>
    public static async Task<ClientHistory> UnderLoad(this ProductionRig rig, ITestOutputHelper output, Func<RiggedConsultation, ClientHistory, Task> faults, int people = Participants)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}"));
        var consultation = await rig.OpenConsultation();
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, people).Select(n => new Participant(n, FaultSettings.Seed + n, rig.WebAddress, consultation.Slug, history, people / Participants)).ToList();
        using var over = new CancellationTokenSource();
        var responding = Task.WhenAll(participants.Select(p => p.Respond(consultation.ClosesAt, giveUp: consultation.ClosesAt, over.Token)));

        // They all begin at once; when so many are taken they come at any moment.
        await rig.SomeAreTaken(history, Math.Max(InPeace, people));
        await faults(consultation, history);
        await rig.SomeAreTaken(history);
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

    /// <summary>Waits until nobody's response is taken any more; then what was acknowledged is stored, whole, and nothing of what was refused.</summary>
    public static async Task EverybodyIsRefused(this ProductionRig rig, RiggedConsultation consultation, ClientHistory history)
    {
        await rig.WaitUntil("everybody is refused", TimeSpan.FromSeconds(60), () => Task.FromResult(
            history.Attempts.TakeLast(2 * Participants).All(a => a.Status == (int)HttpStatusCode.ServiceUnavailable)));
        var stored = await StoredResponse.Of(rig, consultation);
        var acknowledged = history.Attempts.Where(a => a.IsAcknowledged);
        stored.Select(s => (s.Key, s.Reference, s.Text)).ShouldBe(acknowledged.Select(a => (a.Key, a.Reference!, a.Text)), ignoreOrder: true);
        history.Attempts.Where(a => a.Status is null).ShouldBeEmpty("whoever was refused was told so");
    }

    /// <summary>Waits until so many more than now are taken, as many as are taken before and after the faults.</summary>
    public static Task SomeAreTaken(this ProductionRig rig, ClientHistory history, int some = InPeace)
    {
        var enough = history.Attempts.Count(a => a.IsAcknowledged) + some;
        return rig.WaitUntil("some are taken", TimeSpan.FromSeconds(60), () => Task.FromResult(history.Attempts.Count(a => a.IsAcknowledged) >= enough));
    }

    public static async Task ResponsesAreTakenAgain(this ProductionRig rig, ClientHistory history)
    {
        var now = Instants.Now;
        await rig.WaitUntil("responses are taken again", TimeSpan.FromSeconds(30), () => Task.FromResult(history.Attempts.Any(a => a.IsAcknowledged && a.Started > now)));
    }

    public static async Task ReadingGoesOn(this ProductionRig rig, RiggedConsultation consultation)
    {
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        using var page = await anyone.GetAsync($"/consultations/{consultation.Slug}");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var view = await rig.Author.GetAsync($"/api/v1/consultations/{consultation.Id}");
        view.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
