using System.Net;
using Engagement.IntegrationTests.Host;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Participation;

/// <summary>What somebody has taken back stays away, whatever backup is restored.</summary>
public sealed class ErasureTests : ParticipationTest
{
    /// <summary>How much there is that can be taken back: counted responses, equality answers, addresses, people who get messages, followers, drafts.</summary>
    private const string WhatIsThere =
        """
        select concat_ws(' ', (select count(*) from participation.v1_responses), (select count(*) from participation.equality_answers), (select count(*) from participation.contact),
               (select count(*) from participation.contact where unsubscribed_at is null), (select count(*) from participation.subscriber), (select count(*) from participation.draft))
        """;

    [Fact]
    [Trait("Attack", "F07")]
    public async Task A_backup_that_is_older_than_what_people_took_back_is_restored_without_it()
    {
        using var files = new Files();
        var (response, equality) = (await Respond(With("a@example.org")), await Respond());
        await Respond(With("b@example.org"));
        await Respond(With("stays@example.org"));
        await Keep(response, equality);
        var draft = (await Send(new SaveDraft(Consultation.Slug, null, Clock.Now, Page: 1, ["q1"], new Dictionary<string, AnswerValue?>(StringComparer.Ordinal) { ["q1"] = AnswerValue.Of("yes") }))).Code;
        var follower = await Follow("c@example.org");
        await Answered("backup", "--file", files.Backup, "--postgres", ConnectionString);

        (await Withdraw(response)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await SendJson(Anyone, HttpMethod.Delete, "/api/v1/public/equality-answers", null, ("Receipt-Secret", equality.Secret))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Send(new Unsubscribe(Contact.UnsubscribeToken(Guid.Parse(await Scalar<string>("select c.id::text from participation.contact c order by created_at, id limit 1")), Key)));
        await Send(new LeaveUpdates(follower));
        await Send(new DeleteDraft(Consultation.Slug, draft));
        (await Answered("erasures", "write", "--file", files.List, "--postgres", ConnectionString)).ShouldStartWith("6 things");
        (await Scalar<string>(WhatIsThere)).ShouldBe("3 0 2 1 0 0");

        await InAnEmptyDatabase(async (other, read) =>
        {
            var restored = await Answered("restore", "--file", files.Backup, "--erasures", files.List, "--postgres", other);

            restored.ShouldContain("the record is whole");
            restored.ShouldContain("Of 6 things that people took back 6 were not known here: 6 were there again and have been taken back again.");
            (await read(WhatIsThere)).ShouldBe("3 0 2 1 0 0");
        });
        await InAnEmptyDatabase(async (other, read) =>
        {
            (await Answered("restore", "--file", files.Backup, "--postgres", other)).ShouldContain("No list of what people took back was given: whatever they took back after ");
            (await read(WhatIsThere)).ShouldBe("4 2 3 3 1 1", "the backup is older");
            await Answered("erasures", "repeat", "--file", files.List, "--postgres", other);
            (await read(WhatIsThere)).ShouldBe("3 0 2 1 0 0");
            (await Answered("erasures", "repeat", "--file", files.List, "--postgres", other)).ShouldContain("0 were not known here");

            await File.WriteAllTextAsync(files.List, "[{");
            var damaged = await CommandLineTests.Run(files.Key, "erasures", "repeat", "--file", files.List, "--postgres", other);
            (damaged.ExitCode, damaged.Errors).ShouldBe((1, $"{files.List} is no list of what people took back, or not a whole one, so nothing was done: 'engagement erasures write' writes it.{Environment.NewLine}"));
        });

        async Task<string> Answered(params string[] command)
        {
            var (code, output, errors) = await CommandLineTests.Run(files.Key, command);
            code.ShouldBe(0, errors + output);
            return output;
        }
    }

    [Fact]
    public async Task The_list_is_only_added_to_and_leads_from_equality_answers_to_no_response()
    {
        Neighbours.Change(Consultation.Id, f => f with { EqualityAnswers = Engagement.Consultations.Contracts.EqualityAnswers.Separate });
        var receipt = await Respond(With("a@example.org"));
        await Keep(receipt);

        await Withdraw(receipt);
        await Withdraw(receipt);

        (await Scalar<string>("select string_agg(kind, ' ' order by kind) from participation.erasure")).ShouldBe("EqualityAnswers Response");
        (await Scalar<int>("select count(*) from participation.erasure e join participation.response r on r.xmin = e.xmin or r.withdrawn_at = e.erased_at where e.kind = 'EqualityAnswers'")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.erasure e join participation.response r on r.id = e.subject and r.xmin = e.xmin and r.withdrawn_at = e.erased_at")).ShouldBe(1);
        var refused = await Should.ThrowAsync<PostgresException>(() => Scalar<int>("delete from participation.erasure returning 1"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task What_is_not_there_is_no_erasure_and_a_sealed_response_is_told_of_and_stays()
    {
        var receipt = await Respond();
        await SendJson(Anyone, HttpMethod.Delete, "/api/v1/public/equality-answers", null, ("Receipt-Secret", receipt.Secret));
        (await Send(new ListErasures())).ShouldBeEmpty();
        var response = Guid.Parse(await Scalar<string>("select id::text from participation.response"));
        await CloseAndSeal();

        var repeated = await Send(new RepeatErasures([Erasure.Of(ErasureKind.Response, response, Clock.Now), Erasure.Of(ErasureKind.Draft, Guid.CreateVersion7(), Clock.Now)]));

        repeated.ShouldBe(new RepeatedErasures(Unknown: 2, Removed: 0, Sealed: 1));
        (await Scalar<int>("select count(*) from participation.v1_responses")).ShouldBe(1);
    }

    private MasterKey Key => App.Services.GetRequiredService<MasterKey>();

    private static object With(string email) => new { answers = new { q1 = "yes" }, email };

    private Task<HttpResponseMessage> Withdraw(Receipt receipt) => SendJson(
        Anyone, HttpMethod.Delete, $"/api/v1/public/responses/{receipt.Reference}", null, ("Receipt-Secret", receipt.Secret), ("If-Match", "\"1\""));

    private async Task Keep(params Receipt[] receipts)
    {
        foreach (var receipt in receipts)
        {
            (await SendJson(Anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new { sex = "F" } }, ("Receipt-Secret", receipt.Secret)))
                .StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
    }

    /// <returns>The token of the link by which the updates are ended.</returns>
    private async Task<string> Follow(string address)
    {
        await Send(new AskForUpdates(address, [new FollowWish(FollowKind.Topic, "Libraries")], [UpdatePurpose.Opening]));
        await using var scope = App.Services.CreateAsyncScope();
        var asked = await scope.ServiceProvider.GetRequiredService<ParticipationDbContext>().UpdatesRequests.SingleAsync();
        return (await Send(new ConfirmUpdates(asked.Token(Key)))).Token;
    }

    private static async Task InAnEmptyDatabase(Func<string, Func<string, Task<string>>, Task> work)
    {
        var server = await TestServer.Instance;
        var connectionString = await server.CreateEmptyDatabaseAsync();
        await using (var database = NpgsqlDataSource.Create(connectionString))
        {
            await work(connectionString, async sql =>
            {
                await using var command = database.CreateCommand(sql);
                return (string)(await command.ExecuteScalarAsync())!;
            });
        }

        await server.DropDatabaseAsync(connectionString);
    }

    private sealed class Files : IDisposable
    {
        private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("engagement-erasures-");

        public Files() => File.WriteAllText(Key, Convert.ToBase64String(new byte[32]));

        public string Key => Path.Combine(directory.FullName, "master.key");

        public string Backup => Path.Combine(directory.FullName, "all.backup");

        public string List => Path.Combine(directory.FullName, "erasures.json");

        public void Dispose() => directory.Delete(recursive: true);
    }
}
