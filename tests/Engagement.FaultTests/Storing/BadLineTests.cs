using System.Globalization;
using System.Net;
using Engagement.FaultTests.Closing;
using Engagement.FaultTests.Rig;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Storing;

/// <summary>The line to the database works, but badly: it is slow, or breaks again and again.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class BadLineTests(FaultServer server, ITestOutputHelper output)
{
    private const double ShareOfConnections = 0.05;
    private const int Crowd = 300;

    /// <summary>What is stored of a response alone: its text, key, digest and fingerprint.</summary>
    private const int OfAResponse = 150;

    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan VeryLate = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(FaultSettings.Long ? 20 : 2);

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(FaultSettings.Long ? 30 : 0.5);
    private static readonly TimeSpan BetweenResets = TimeSpan.FromMilliseconds(FaultSettings.Long ? 50 : 10);
    private static readonly int Resets = FaultSettings.Long ? 200 : 10;

    [Fact]
    public async Task X12_A_late_line_costs_nobody_their_response_and_moves_no_deadline_and_a_crowd_is_told_to_come_again_and_not_kept_waiting()
    {
        foreach (var latency in FaultSettings.Long ? [Late, VeryLate] : new[] { Late })
        {
            // On a machine where nobody came before the deadline, people get longer.
            for (var period = ShortestPeriod; !await TryDeadline(latency, period); period *= 2)
            {
                period.ShouldBeLessThan(TimeSpan.FromMinutes(1), "nobody was taken while the line was late");
            }
        }

        if (FaultSettings.Long)
        {
            await TryCrowd();
        }
    }

    [Fact]
    public async Task X13_A_line_that_brings_single_bytes_makes_it_slower_and_nothing_else()
    {
        var rig = await server.WholeRigAsync();
        var singly = rig.Between.SingleBytes;
        var (begun, over) = (default(DateTimeOffset), default(DateTimeOffset));
        var history = await rig.UnderLoad(output, async (_, soFar) =>
        {
            rig.Between.IsTrickle = true;
            begun = Instants.Now;
            await Task.Delay(Slow);
            await rig.WaitUntil("everybody was answered", TimeSpan.FromMinutes(1), () => Task.FromResult(
                soFar.Attempts.Where(a => a.Started > begun).Select(a => a.Client).Distinct().Count() == Load.Participants));
            over = Instants.Now;
            rig.Between.IsTrickle = false;
        });

        history.Attempts.Where(a => !a.IsAcknowledged).ShouldBeEmpty("nobody had to come again");
        var meanwhile = history.Attempts.Where(a => a.Started > begun && a.Ended < over).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{meanwhile.Count} were answered meanwhile, the fastest after {meanwhile.Min(a => a.Ended - a.Started).TotalMilliseconds:0} ms, while {rig.Between.SingleBytes - singly} bytes came one by one"));
        (rig.Between.SingleBytes - singly).ShouldBeGreaterThan(meanwhile.Count * OfAResponse, "it was not slow");
    }

    [Fact]
    public async Task X14_Connections_that_are_reset_again_and_again_give_nobody_another_answer_than_the_receipt_of_what_was_stored()
    {
        var random = new Random(FaultSettings.Seed);
        var rig = await server.WholeRigAsync();
        var web = rig.Web;
        var reset = 0;
        var history = await rig.UnderLoad(output, async (_, _) =>
        {
            while (reset < Resets)
            {
                await Task.Delay(BetweenResets);
                reset += rig.Between.Reset(random, ShareOfConnections);
            }
        });

        var failed = history.Attempts.Count(a => !a.IsAcknowledged);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{reset} connections reset: {failed} of {history.Attempts.Count} attempts failed ({100.0 * failed / history.Attempts.Count:0.00} %), {history.Attempts.Count(a => a.Status == 503)} of them by a 503"));
        rig.Web.ShouldBe(web);
        web.IsAlive.ShouldBeTrue();
    }

    /// <summary>Both the web process and the workers are far from the database, and a consultation closes.</summary>
    /// <returns>Whether anybody was taken meanwhile.</returns>
    private async Task<bool> TryDeadline(TimeSpan latency, TimeSpan period)
    {
        var rig = await server.WholeRigAsync();
        var consultation = await rig.ScheduledConsultation("Stops", period);
        var history = new ClientHistory();
        var participants = Enumerable.Range(0, Load.Participants).Select(n => new Participant(n, FaultSettings.Seed + n, rig.WebAddress, consultation.Slug, history)).ToList();
        await rig.WaitUntil("all is done about the opening", TimeSpan.FromSeconds(60), async () => await rig.Scalar<bool>(
            "select exists (select from consultations.history where aggregate_id = $1 and event = 'ConsultationOpened') and not exists (select from platform.delivery where handled_at is null and parked_at is null)", consultation.Id));
        if (Instants.Now >= consultation.ClosesAt)
        {
            return false;
        }

        rig.Between.Latency = rig.BetweenWorkers.Latency = latency;
        await Task.WhenAll(participants.Select(p => p.Respond(consultation.ClosesAt.AddSeconds(0.5), giveUp: consultation.ClosesAt.AddMinutes(1))));
        participants.ForEach(p => p.Dispose());
        await Recorded("ConsultationClosing");
        rig.Between.Heal();
        rig.BetweenWorkers.Heal();
        await Recorded("ConsultationClosed");

        var stored = await StoredResponse.Of(rig, consultation);
        var (closing, closed) = (await rig.CommitOf(consultation, "ConsultationClosing") - consultation.ClosesAt, await rig.CommitOf(consultation, "ConsultationClosed") - consultation.ClosesAt);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{latency.TotalMilliseconds:0} ms late: {history.Responses.Count} responses in {history.Attempts.Count} attempts, {history.Attempts.Count(a => a.IsUnknown)} without an answer; stored {stored.Count}; Closing recorded {closing.TotalSeconds:0.0} s after the instant, Closed {closed.TotalSeconds:0.0} s"));
        new ResponseChecks(consultation, history, stored).CheckAll();
        history.Attempts.Count(a => a.Is("consultation-closed")).ShouldBePositive("nobody came late, so the deadline was not tried");
        closing.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromSeconds(15));
        return stored.Count > 0;

        Task Recorded(string @event) => rig.WaitUntil(@event, TimeSpan.FromSeconds(60), async () =>
            await rig.Scalar<bool>("select exists (select from consultations.history where aggregate_id = $1 and event = $2)", consultation.Id, @event));
    }

    /// <summary>More come at once than the database can serve so late: some have their page, the others are told.</summary>
    private async Task TryCrowd()
    {
        var rig = await server.WholeRigAsync();
        rig.Between.Latency = VeryLate;
        var answers = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(n => Visit(rig, n)));
        rig.Between.Heal();

        var refused = answers.Where(a => a.Status == HttpStatusCode.ServiceUnavailable).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"a crowd of {Crowd}: {answers.Length - refused.Count} had their page and {refused.Count} were told to come again, the last after {answers.Max(a => a.Took).TotalSeconds:0.0} s"));
        answers.Where(a => a.Status is not (HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable)).ShouldBeEmpty();
        refused.ShouldNotBeEmpty("it was no crowd");
        refused.ShouldAllBe(a => a.SaysWhen && a.Text.Contains("The service is not available at the moment"));
        answers.ShouldAllBe(a => a.Took < LongestWait);
    }

    private static async Task<(HttpStatusCode Status, bool SaysWhen, string Text, TimeSpan Took)> Visit(ProductionRig rig, int number)
    {
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        var came = TimeProvider.System.GetTimestamp();
        using var page = await anyone.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/?q=stop{number}"));
        return (page.StatusCode, page.Headers.RetryAfter is not null, await page.Content.ReadAsStringAsync(), TimeProvider.System.GetElapsedTime(came));
    }
}
