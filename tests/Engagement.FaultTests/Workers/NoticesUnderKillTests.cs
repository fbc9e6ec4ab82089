using System.Globalization;
using System.Net.Http.Json;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Workers;

/// <summary>Everybody who left an address hears of the outcome, though the worker that writes to them is killed half way.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class NoticesUnderKillTests(FaultServer server, ITestOutputHelper output)
{
    private const int Contacts = 300;
    private const int AtOnce = 8;
    private static readonly TimeSpan HandOver = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Every_contact_gets_the_outcome_under_one_message_id_though_a_worker_is_killed_while_it_sends()
    {
        var killAfter = new Random(FaultSettings.Seed).Next(Contacts / 10, Contacts / 2);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}: killed after {killAfter} messages"));
        var halfWay = new TaskCompletionSource<SunkMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = 0;
        await using var sink = new MailSink(TimeSpan.FromMilliseconds(50), message =>
        {
            if (IsOutcome(message) && Interlocked.Increment(ref told) == killAfter)
            {
                halfWay.SetResult(message);
            }
        });
        await using var rig = await ProductionRig.StartAsync(server, workerCount: 2, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Consultations__DrainWindow"] = "00:00:02",
            ["Consultations__TimeStep"] = "00:00:01",
            ["Mail__Smtp__Host"] = "127.0.0.1",
            ["Mail__Smtp__Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail__HandOver"] = HandOver.ToString("c"),
        });
        var consultation = await ClosedWithContacts(rig);
        await rig.PublishOutcome(consultation);

        var last = await halfWay.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var killed = rig.Workers.Single(w => last.From.Contains(w.Name, StringComparison.Ordinal));
        await killed.KillAsync();
        var killedAt = TimeProvider.System.GetTimestamp();
        await rig.WaitUntil("all are sent", TimeSpan.FromMinutes(2), async () =>
            await rig.Scalar<long>("select count(*) from platform.notification where kind = 'outcome-published' and sent_at is not null") == Contacts);
        var took = TimeProvider.System.GetElapsedTime(killedAt);

        var outcomes = sink.Messages.Where(IsOutcome).ToList();
        var byId = outcomes.GroupBy(m => m.MessageId, StringComparer.Ordinal).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} messages with {byId.Count} ids to {Contacts} people, {outcomes.Count(m => m.From.Contains(killed.Name, StringComparison.Ordinal))} of them by {killed.Name}, which was killed; the last one {took.TotalSeconds:0.0} s after that"));
        outcomes.Select(m => m.Recipient).ToHashSet(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Contacts).Select(Address), ignoreOrder: true);
        byId.Count.ShouldBe(Contacts, "a repeat must carry the id of the first");
        byId.ShouldAllBe(repeats => repeats.Select(m => m.Recipient).Distinct(StringComparer.Ordinal).Count() == 1);
        (await rig.Scalar<long>("select count(*) from platform.notification where failed_at is not null")).ShouldBe(0);
        outcomes.ShouldContain(m => !m.From.Contains(killed.Name, StringComparison.Ordinal), "the other worker must have taken over");
    }

    private static bool IsOutcome(SunkMessage message) => message.Subject.StartsWith("You said, we did", StringComparison.Ordinal);

    private static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"resident-{number}@example.org");

    private static async Task<RiggedConsultation> ClosedWithContacts(ProductionRig rig)
    {
        var engagement = await rig.ApprovedEngagement();
        var notice = await rig.RehearseScheduling(engagement);
        var opensAt = OfficeWork.SecondAfter(notice);
        var consultation = await rig.ScheduledConsultation(engagement, "Stops", opensAt, opensAt + TimeSpan.FromSeconds(Math.Ceiling(8 + notice.TotalSeconds)), inWords: false);
        await Instants.Until(consultation.OpensAt);
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        await Parallel.ForEachAsync(Enumerable.Range(0, Contacts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{consultation.Slug}/responses")
            {
                Content = JsonContent.Create(new { answers = new { view = "yes" }, email = Address(number) }),
                Headers = { { "Idempotency-Key", $"notices-{Guid.CreateVersion7():N}" } },
            };
            await anyone.SendAsync(request, cancellationToken).Success();
        });
        await rig.WaitUntil("closed", TimeSpan.FromMinutes(1), async () =>
            await rig.StatusOf(consultation) == "closed" && await rig.Scalar<long>("select count(*) from closing_the_loop.loop where consultation_id = $1", consultation.Id) == 1);
        return consultation;
    }
}
