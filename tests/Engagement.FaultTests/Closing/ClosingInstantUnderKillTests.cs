using System.Globalization;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Closing;

/// <summary>The promise of a receipt and the truth of a deadline, while the process that gives both is killed.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class ClosingInstantUnderKillTests(FaultServer server, ITestOutputHelper output)
{
    private const int Participants = 32;
    private static readonly TimeSpan FirstSecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task X01_X25_Every_acknowledged_response_is_stored_once_and_the_deadline_is_exact_though_the_web_process_is_killed()
    {
        var seed = FaultSettings.Seed;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={seed}"));

        var rig = await server.WholeRigAsync();

        // The web process is to be back before the deadline; on a machine where it was not, people get longer. It has started beside others, and starts alone now.
        var period = TimeSpan.FromSeconds(Math.Ceiling(4 + Math.Min(5, rig.Web.StartTook.TotalSeconds / 2)));
        while (!await Round(rig, period, seed, killedAfter: random => (0.5 + random.NextDouble()) * FirstSecond))
        {
            period.ShouldBeLessThan(TimeSpan.FromMinutes(1), "the web process must have been back before the deadline, or this proves nothing about it");
            (period, seed) = (2 * period, seed + Participants);
        }

        for (var round = 1; FaultSettings.Long && round <= 10; round++)
        {
            // Anywhere from the opening to after the deadline.
            await Round(rig, period, seed + (round * Participants), killedAfter: random => random.NextDouble() * (period + FirstSecond));
        }

        await rig.CheckRecord();
    }

    /// <param name="killedAfter">From the opening to the kill.</param>
    /// <returns>Whether somebody was answered after the restart and before the deadline.</returns>
    private async Task<bool> Round(ProductionRig rig, TimeSpan period, int seed, Func<Random, TimeSpan> killedAfter)
    {
        var random = new Random(seed);
        var consultation = await rig.ScheduledConsultation(string.Create(CultureInfo.InvariantCulture, $"Stops {seed}"), period);
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, Participants).Select(n => new Participant(n, seed + n, rig.WebAddress, consultation.Slug, history)).ToList();

        await Instants.Until(consultation.OpensAt.AddMilliseconds(-300));
        var responding = Task.WhenAll(participants.Select(p => p.Respond(consultation.ClosesAt + FirstSecond, giveUp: consultation.ClosesAt.AddMinutes(1))));
        await Instants.Until(consultation.OpensAt + killedAfter(random));
        await rig.Web.KillAsync();
        var killedAt = Instants.Now;
        await rig.StartWebAsync();
        var backAt = Instants.Now;
        await responding;
        participants.ForEach(p => p.Dispose());
        await rig.WaitUntil("Closed", ProductionRig.DrainWindow + TimeSpan.FromSeconds(30), async () => await rig.StatusOf(consultation) == "closed");

        var stored = await StoredResponse.Of(rig, consultation);
        var figures = new RoundFigures(consultation, history, stored.Count, killedAt, backAt, await rig.CommitOf(consultation, "ConsultationClosing"), await rig.CommitOf(consultation, "ConsultationClosed"));
        output.WriteLine(figures.ToString());
        new ResponseChecks(consultation, history, stored).CheckAll();
        await CheckTransitions(rig, consultation, stored, figures);
        if (figures.WasUpInTheLastSecond)
        {
            figures.AcknowledgedInTheLastSecond.ShouldBePositive("nobody was answered in the last second, so the deadline was not tried");
        }

        figures.RefusedAsClosed.ShouldBePositive("nobody came late, so the deadline was not tried");
        return figures.WasUpInTheLastSecond && figures.AcknowledgedAfterTheRestart > 0;
    }

    private static async Task CheckTransitions(ProductionRig rig, RiggedConsultation consultation, List<StoredResponse> stored, RoundFigures figures)
    {
        figures.ClosingLag.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(2));
        figures.ClosedLag.ShouldBeInRange(ProductionRig.DrainWindow, ProductionRig.DrainWindow + TimeSpan.FromSeconds(5));
        var view = await rig.Author.GetAsync($"/api/v1/consultations/{consultation.Id}").Success();
        view.GetProperty("responseCount").GetInt32().ShouldBe(stored.Count);
        view.GetProperty("responseDigest").GetString().ShouldBe(StoredResponse.DigestOf(stored));
    }
}
