using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;
using Xunit.Abstractions;

namespace Engagement.FaultTests.Workers;

/// <summary>Everybody who left an address hears of the outcome, though the mail server is down when it is published and a worker that writes to them is killed half way.</summary>
[Collection(FaultServerCollection.Name)]
public sealed class NoticesUnderKillTests(FaultServer server, ITestOutputHelper output)
{
    private const string Ours = "kind = 'outcome-published'";
    private const int AtOnce = 16;

    /// <summary>Of the responses that bring the addresses: below what one process takes.</summary>
    private const int PerSecond = 200;

    private static readonly int Contacts = FaultSettings.Long ? 10_000 : 200;

    [Fact]
    public async Task X30_Every_contact_gets_the_outcome_under_one_message_id_though_the_mail_server_is_down_and_a_worker_is_killed_while_it_sends()
    {
        var killAfter = new Random(FaultSettings.Seed).Next(Contacts / 10, Contacts / 2);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ENGAGEMENT_FAULTS_SEED={FaultSettings.Seed}: killed after {killAfter} messages"));
        var rig = await server.WholeRigAsync();
        var consultation = await ClosedWithContacts(rig);
        rig.Mail.IsDown = true;
        await rig.PublishOutcome(consultation);
        await rig.WaitUntil("somebody found the mail server down", TimeSpan.FromMinutes(1), async () => await Count(rig, "failure is not null") > 0);
        await rig.WaitUntil("everybody is to be told", TimeSpan.FromMinutes(2), async () => await Count(rig, "true") == Contacts);
        (await Count(rig, "failed_at is not null")).ShouldBe(0, "nobody is given up because the mail server is down");

        var halfWay = new TaskCompletionSource<SunkMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var told = 0;
        rig.MailTaken = message =>
        {
            if (IsOutcome(message) && Interlocked.Increment(ref told) == killAfter)
            {
                halfWay.SetResult(message);
            }
        };
        rig.Mail.IsDown = false;
        await WaitNoLonger(rig);
        var last = await halfWay.Task.WaitAsync(TimeSpan.FromMinutes(1));
        var killed = rig.Workers.Single(w => last.From.Contains(w.Name, StringComparison.Ordinal));
        await killed.KillAsync();
        var killedAt = TimeProvider.System.GetTimestamp();
        var replaced = rig.HealAsync();
        await rig.WaitUntil("all are sent", TimeSpan.FromMinutes(4), async () =>
        {
            await WaitNoLonger(rig);
            return await Count(rig, "sent_at is not null") == Contacts;
        });
        await replaced;
        var took = TimeProvider.System.GetElapsedTime(killedAt);

        var outcomes = rig.Mail.Messages.Where(IsOutcome).ToList();
        var byId = outcomes.GroupBy(m => m.MessageId, StringComparer.Ordinal).ToList();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{outcomes.Count} messages with {byId.Count} ids to {Contacts} people, {outcomes.Count(m => m.From.Contains(killed.Name, StringComparison.Ordinal))} of them by {killed.Name}, which was killed; the last one {took.TotalSeconds:0.0} s after that"));
        outcomes.Select(m => m.Recipient).ToHashSet(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, Contacts).Select(Address), ignoreOrder: true);
        byId.Count.ShouldBe(Contacts, "a repeat must carry the id of the first");
        byId.ShouldAllBe(repeats => repeats.Select(m => m.Recipient).Distinct(StringComparer.Ordinal).Count() == 1);
        (await Count(rig, "failed_at is not null")).ShouldBe(0);
        outcomes.ShouldContain(m => !m.From.Contains(killed.Name, StringComparison.Ordinal), "another worker must have taken over");
    }

    private static bool IsOutcome(SunkMessage message) => message.Subject.StartsWith("You said, we did", StringComparison.Ordinal);

    private static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"resident-{number}@example.org");

    private static Task<long> Count(ProductionRig rig, string condition) => rig.Scalar<long>($"select count(*) from platform.notification where {Ours} and {condition}");

    /// <summary>Between two attempts lie five minutes; here they are over at once.</summary>
    private static Task WaitNoLonger(ProductionRig rig) =>
        rig.Rows($"update platform.notification set not_before = now() where {Ours} and sent_at is null and not_before > now() returning id", row => row.GetGuid(0));

    private static async Task<RiggedConsultation> ClosedWithContacts(ProductionRig rig)
    {
        // On a machine where not everybody was in time, they come to another one that gives them longer; nothing is ever published of the first.
        var period = TimeSpan.FromSeconds(1 + (Contacts / PerSecond));
        var consultation = await rig.ScheduledConsultation("Told of", period, inWords: false);
        while (!await EverybodyResponds(rig, consultation))
        {
            period.ShouldBeLessThan(TimeSpan.FromMinutes(5), "not everybody was taken in time");
            period *= 2;
            consultation = await rig.ScheduledConsultation("Told of", period, inWords: false);
        }

        await rig.WaitUntil("closed", TimeSpan.FromMinutes(4), async () =>
            await rig.StatusOf(consultation) == "closed" && await rig.LoopsOf(consultation.Id) == 1);
        return consultation;
    }

    /// <returns>Whether all were taken before the deadline.</returns>
    private static async Task<bool> EverybodyResponds(ProductionRig rig, RiggedConsultation consultation)
    {
        await Instants.Until(consultation.OpensAt);
        var late = false;
        using var anyone = new HttpClient { BaseAddress = rig.WebAddress };
        await Parallel.ForEachAsync(Enumerable.Range(0, Contacts), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellationToken) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{consultation.Slug}/responses")
            {
                Content = JsonContent.Create(new { answers = new { view = "yes" }, email = Address(number) }),
                Headers = { { "Idempotency-Key", $"notices-{Guid.CreateVersion7():N}" } },
            };
            using var answer = await anyone.SendAsync(request, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Created)
            {
                (await answer.ProblemCode()).ShouldBe("consultation-closed");
                late = true;
            }
        });
        return !late;
    }
}
