using System.Globalization;
using System.Net;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Closing;

/// <summary>Two web processes at the closing instant, one of them on a machine whose clock is wrong.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class TwoClocksTests(FaultServer server, ITestOutputHelper output)
{
    private const int Participants = 32;
    private const int SecondsWrong = 5;

    /// <summary>All of it lies where a clock that is so far ahead says that it is over, and one that is so far behind that it has not begun.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(SecondsWrong);

    /// <summary>Before the deadline: whoever trusts a clock that is so far ahead refuses all of them.</summary>
    private static readonly TimeSpan InDoubt = TimeSpan.FromSeconds(SecondsWrong - 1);

    /// <summary>A process whose own clock is wrong knows the time from the database, to what asking for it takes on a busy machine.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task X21_X25_A_process_whose_clock_is_five_seconds_wrong_is_not_ready_and_still_takes_nobody_late_and_refuses_nobody_early()
    {
        var secondsAhead = FaultSettings.Seed % 2 == 0 ? SecondsWrong : -SecondsWrong;
        await Try(secondsAhead);
        if (FaultSettings.Long)
        {
            await Try(-secondsAhead);
        }
    }

    private async Task Try(int secondsAhead)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}"));
        var rig = await server.WholeRigAsync();
        var opening = rig.OpenConsultation();
        await using var wrong = await rig.StartAnotherWebAsync(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DOTNET_ENVIRONMENT"] = "Faults",
                ["Faults__MachineClockAhead"] = TimeSpan.FromSeconds(secondsAhead).ToString("c"),
            },
            untilReady: false);
        using (var operatorsView = new HttpClient { BaseAddress = wrong.Address })
        {
            (await operatorsView.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await operatorsView.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        // What it does for the first time takes long, so it does it before. On a machine where its answers come too late all the same, people get longer.
        await Practise(wrong, await opening);
        for (var period = ShortestPeriod; !await Round(rig, wrong, secondsAhead, period); period *= 2)
        {
            period.ShouldBeLessThan(TimeSpan.FromMinutes(1), "nobody was taken by it while its own clock would have said no");
        }
    }

    private static async Task Practise(ProgramProcess wrong, RiggedConsultation consultation)
    {
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, Participants / 2).Select(n => new Participant(n, FaultSettings.Seed + n, wrong.Address, consultation.Slug, history)).ToList();
        var last = Instants.Now.AddSeconds(0.5);
        await Task.WhenAll(participants.Select(p => p.Respond(last, giveUp: last.AddMinutes(1))));
        participants.ForEach(p => p.Dispose());
        history.Attempts.ShouldContain(a => a.IsAcknowledged);
    }

    /// <returns>Whether somebody was taken by the process with the wrong clock while that would have said no.</returns>
    private async Task<bool> Round(ProductionRig rig, ProgramProcess wrong, int secondsAhead, TimeSpan period)
    {
        var consultation = await rig.ScheduledConsultation("Stops", period);
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, Participants)
            .Select(n => new Participant(n, FaultSettings.Seed + n, n % 2 == 0 ? rig.WebAddress : wrong.Address, consultation.Slug, history)).ToList();
        await Instants.Until(consultation.OpensAt.AddMilliseconds(-300));
        await Task.WhenAll(participants.Select(p => p.Respond(consultation.ClosesAt.AddSeconds(1), giveUp: consultation.ClosesAt.AddMinutes(1))));
        participants.ForEach(p => p.Dispose());
        await rig.WaitUntil("Closed", ProductionRig.DrainWindow + TimeSpan.FromSeconds(30), async () => await rig.StatusOf(consultation) == "closed");

        var stored = await StoredResponse.Of(rig, consultation);
        var byWrong = history.Attempts.Where(a => a.Client % 2 == 1).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{secondsAhead} s: {stored.Count} stored; the process with the wrong clock took {byWrong.Count(a => a.IsAcknowledged)} and refused {byWrong.Count(a => a.Is("consultation-closed"))} as too late"));
        new ResponseChecks(consultation, history, stored, ClockError).CheckAll();
        byWrong.Count(a => a.Is("consultation-closed")).ShouldBePositive("nobody came to it late");
        return byWrong.Any(a => a.IsAcknowledged && a.Started >= consultation.ClosesAt - InDoubt);
    }
}
