using Engagement.Access.Application;
using Engagement.Access.Application.Clients;
using Engagement.Access.Domain;
using Engagement.Platform.Audit;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Platform;

public sealed class HistoryTests : IntegrationTest
{
    [Fact]
    public async Task An_untouched_record_is_whole()
    {
        await ThreeClientsTwoOfThemDisabled();
        await Seal();

        var result = await Verify();

        result.Problems.ShouldBeEmpty();
        result.Entries.ShouldBe(5);
        result.Chains.ShouldBe(3);
        result.Seals.ShouldBe(1);
    }

    [Theory]
    [InlineData("data = replace(data, 'Client', 'Klient')", "does not match its hash")]
    [InlineData("actor = 'officer:somebody-else'", "does not match its hash")]
    [InlineData("reason = 'a better one'", "does not match its hash")]
    [InlineData("occurred_at = occurred_at + interval '1 microsecond'", "does not match its hash")]
    [InlineData("previous_hash = set_byte(previous_hash, 0, 1)", "does not match its hash")]
    [InlineData("hash = set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)", "does not match its hash")]
    [Trait("Attack", "E17")]
    public async Task X36_One_changed_byte_is_found_and_its_entry_named(string change, string found)
    {
        var ids = await ThreeClientsTwoOfThemDisabled();
        (await AsAdministrator($"update access.history set {change} where aggregate_id = '{ids[0]}' and position = 1")).ShouldBe(1);

        var result = await Verify();

        result.IsWhole.ShouldBeFalse();
        result.Problems.ShouldContain(p => p.Contains($"{ids[0]} entry 1") && p.Contains(found));
        result.Problems.ShouldNotContain(p => p.Contains(ids[1].ToString()));
    }

    [Theory]
    [InlineData(1, "entry 2 (ApiClientDisabled): the entry before it is missing")]
    [InlineData(2, "the chain ends at entry 1, but 2 were written")]
    public async Task X36_A_missing_entry_is_found_and_named(int position, string found)
    {
        var ids = await ThreeClientsTwoOfThemDisabled();
        await AsAdministrator($"delete from access.history where aggregate_id = '{ids[0]}' and position = {position}");

        var problem = (await Verify()).Problems.ShouldHaveSingleItem();
        problem.ShouldContain(ids[0].ToString());
        problem.ShouldContain(found);
    }

    [Fact]
    public async Task X36_A_missing_end_is_found_by_its_seal_even_where_its_head_was_set_back()
    {
        var ids = await ThreeClientsTwoOfThemDisabled();
        await Seal();
        await AsAdministrator($"delete from access.history where aggregate_id = '{ids[0]}' and position = 2");
        await AsAdministrator($"update access.history_head h set position = 1, hash = (select hash from access.history where aggregate_id = h.aggregate_id) where aggregate_id = '{ids[0]}'");

        (await Verify()).Problems.ShouldContain(p => p.Contains(ids[0].ToString()) && p.Contains("entry 2 was sealed but is not there any more"));
    }

    [Fact]
    public async Task X36_A_chain_that_is_missing_as_a_whole_is_found_by_its_seal()
    {
        var ids = await ThreeClientsTwoOfThemDisabled();
        await Seal();
        await AsAdministrator($"delete from access.history where aggregate_id = '{ids[2]}'");
        await AsAdministrator($"delete from access.history_head where aggregate_id = '{ids[2]}'");

        (await Verify()).Problems.ShouldContain(p => p.Contains(ids[2].ToString()));
    }

    [Fact]
    public async Task X36_A_rewritten_chain_is_found_by_its_seal()
    {
        var ids = await ThreeClientsTwoOfThemDisabled();
        await Seal();
        await AsAdministrator($"delete from platform.sealed_head where aggregate_id = '{ids[1]}'");

        (await Verify()).Problems.ShouldContain(p => p.Contains("seal 1 does not match the chain ends it covers"));
    }

    [Fact]
    public async Task Only_what_is_new_is_sealed_again()
    {
        await ThreeClientsTwoOfThemDisabled();

        (await Seal()).ShouldBe(3);
        (await Seal()).ShouldBe(0);
        await Send(new CreateApiClient("Client 4", ["outcomes:read"]));
        (await Seal()).ShouldBe(1);
        (await Verify()).Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("update access.history set actor = 'nobody'")]
    [InlineData("delete from access.history")]
    [InlineData("truncate access.history")]
    [InlineData("update platform.seal set number = 0")]
    [InlineData("delete from platform.sealed_head")]
    [Trait("Attack", "E17")]
    public async Task The_programs_role_may_not_change_what_is_written(string sql)
    {
        await ThreeClientsTwoOfThemDisabled();
        await Seal();
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Of_two_who_change_the_same_version_one_is_refused()
    {
        var created = await Send(new CreateApiClient("Client", ["outcomes:read"]));
        await using var first = App.Services.CreateAsyncScope();
        await using var second = App.Services.CreateAsyncScope();
        var a = first.ServiceProvider.GetRequiredService<IAccessDb>();
        var b = second.ServiceProvider.GetRequiredService<IAccessDb>();
        (await a.ApiClients.SingleAsync(c => c.Id == created.Id)).Disable("one reason", Clock.Now);
        (await b.ApiClients.SingleAsync(c => c.Id == created.Id)).Disable("another reason", Clock.Now);

        await a.SaveChangesAsync();

        await Should.ThrowAsync<DbUpdateException>(() => b.SaveChangesAsync());
        (await Scalar<long>("select count(*) from access.history where aggregate_id = $1", created.Id.Value)).ShouldBe(2);
    }

    private async Task<List<Guid>> ThreeClientsTwoOfThemDisabled()
    {
        var ids = new List<Guid>();
        for (var i = 1; i <= 3; i++)
        {
            ids.Add((await Send(new CreateApiClient($"Client {i}", ["outcomes:read"]))).Id.Value);
        }

        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IAccessDb>();
        foreach (var client in (await db.ApiClients.ToListAsync()).Where(c => c.Name != "Client 3"))
        {
            client.Disable("no longer used", Clock.Now);
        }

        await db.SaveChangesAsync();
        return ids;
    }

    private Task<int> Seal() => App.Services.GetRequiredService<ChainSealer>().SealAsync(CancellationToken.None);

    private Task<VerificationResult> Verify() => App.Services.GetRequiredService<ChainVerifier>().VerifyAsync(null, CancellationToken.None);
}
