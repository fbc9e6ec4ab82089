using System.Net;
using System.Net.Sockets;
using Engagement.IntegrationTests.Consultations;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Faults;

/// <summary>A connection is taken away in the middle of a command: whoever asked is told that nobody knows what became of it, and how to find out, and whoever asks again has it done once.</summary>
public sealed class LostCommitTests : ConsultationsTest
{
    [Fact]
    public async Task X10_A_client_whose_commit_was_lost_is_told_that_its_key_leads_to_the_answer()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        var key = $"approval-{id:N}";
        await AsAdministrator(RaisedFault.ConnectionAtCommit("platform.outbox"));

        using (var lost = await Post(Checker, id, "approval", body: null, version, key))
        {
            lost.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            lost.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
            var detail = (await lost.Json()).GetProperty("detail").GetString()!;
            detail.ShouldContain("whether your request was done is not known");
            detail.ShouldContain("with the same Idempotency-Key it is done once only");
            detail.ShouldNotContain("nothing was changed");
        }

        (await Scalar<long>(RaisedFault.Tries)).ShouldBe(1);
        await AsAdministrator(RaisedFault.Over);
        await Post(Checker, id, "approval", body: null, version, key).Success();
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    [Fact]
    public async Task X10_An_officer_whose_commit_was_lost_is_told_to_look_before_sending_it_again()
    {
        var id = await Submitted();
        using var approver = await OfficerPages("approver");
        var form = await approver.Open($"/admin/consultations/{id}/approve");
        await AsAdministrator(RaisedFault.ConnectionAtCommit("platform.outbox"));

        var lost = await approver.Submit(form, button: "Approve and publish");

        lost.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        lost.Main.ShouldContain("We do not know whether what you sent was saved");
        lost.Main.ShouldContain("open the page in another tab and look whether your change is there");
        lost.Main.ShouldNotContain("Nothing was saved");
        await AsAdministrator(RaisedFault.Over);
        (await approver.Submit(lost, button: "Send it again")).Done.ShouldStartWith("Approved.");
    }

    [Fact]
    public async Task X10_A_resident_whose_commit_was_lost_is_told_that_sending_it_again_is_safe()
    {
        var slug = await SlugOf(await Opened());
        using var resident = new PageClient(App.Address);
        var page = await resident.Open($"/consultations/{slug}/respond/1");
        page = await resident.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["answer-q1"] = "Keep the stop at the church." }, "Continue");
        page = await resident.Submit(page, button: "Continue");
        await AsAdministrator(RaisedFault.ConnectionAtCommit("participation.response"));

        var lost = await resident.Submit(page, button: "Send your answers");

        lost.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        lost.Main.ShouldContain("We do not know whether what you sent was saved");
        lost.Main.ShouldContain("if we have them already you come to their receipt");
        lost.Main.ShouldNotContain("Nothing was saved");
        await AsAdministrator(RaisedFault.Over);
        (await resident.Submit(lost, button: "Send it again")).Heading.ShouldBe("We have received your answers");
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(1);
    }

    [Fact]
    public async Task X32_What_a_dead_process_had_begun_under_a_key_is_done_at_once_by_whoever_waits_with_the_same_key()
    {
        var id = await Submitted();
        var version = await VersionOfConsultation(id);
        var key = $"approval-{id:N}";
        await using var held = await HeldTables.HoldAsync(ConnectionString, "platform.outbox");
        var dying = Post(Checker, id, "approval", body: null, version, key);
        await held.UntilWaiting(1);
        var waiting = Post(Checker, id, "approval", body: null, version, key);
        await held.UntilWaiting(2);

        // With a process its connections die, and with them what they had begun: the row of the key too.
        await AsAdministrator("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event = 'relation'");
        using var dead = await dying;
        await held.UntilWaiting(1);
        await held.ReleaseAsync();

        dead.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var done = await waiting;
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        done.Headers.Contains("Idempotency-Replayed").ShouldBeFalse();
        using var repeated = await Post(Checker, id, "approval", body: null, version, key);
        repeated.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        (await TimesInHistory(id, "ConsultationApproved")).ShouldBe(1);
    }

    [Fact]
    public async Task X10_Where_the_database_could_not_be_reached_at_all_nothing_was_changed()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await using var nobody = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={port};Username=nobody;Database=nothing");
        var error = await Should.ThrowAsync<NpgsqlException>(async () => await nobody.OpenConnectionAsync());
        await using var scope = App.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, Request = { Method = HttpMethods.Post } };

        ExceptionToProblem.ProblemOf(context, error).Detail!.ShouldContain("nothing was changed");
        ExceptionToProblem.ProblemOf(context, new NpgsqlException("It broke.", new IOException())).Detail!.ShouldContain("is not known");
    }
}
