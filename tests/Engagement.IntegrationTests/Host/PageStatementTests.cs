using System.Globalization;
using Engagement.Access.Application.Officers;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using Engagement.TestKit;
using Engagement.TestKit.Demo;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Host;

/// <summary>No page asks the database more than ten things. Pages are found by their routes, so that none escapes by being new.</summary>
public sealed class PageStatementTests(LoadedCouncil council) : IClassFixture<LoadedCouncil>
{
    private const int AtMost = 10;

    [Fact]
    public async Task No_page_asks_the_database_more_than_ten_things()
    {
        var administrator = await council.Program.SendAsync(new CreateOfficer("pages@example.org", "Pages", ["administrator"], MustChangePassword: false));
        await council.Program.SendAsync(new VerifyHistory(), new Actor(ActorKind.Officer, administrator.Id.ToString()), Engagement.Platform.Security.Scopes.All);
        using var officer = await council.Program.PagesOfAsync(administrator.Id);
        using var resident = new PageClient(council.Program.Address);
        var found = new List<string>();
        var counts = new List<int>();
        foreach (var route in PageAddresses.Routes())
        {
            if (await PageAddresses.Of(route, query => council.Value<string>(query)) is not { } address)
            {
                found.Add($"{route}: say in PageAddresses what stands for its parts");
                continue;
            }

            var pages = address.StartsWith("/admin", StringComparison.Ordinal) ? officer : resident;

            // The second look: the first fills caches that live as long as the process.
            await pages.Open(address);
            using var counter = new StatementCounter();
            var page = await pages.Open(address);
            counts.Add(counter.Statements.Count);
            if ((int)page.Status >= 500)
            {
                found.Add($"{address}: {(int)page.Status}");
            }

            if (counter.Statements.Count > AtMost)
            {
                found.Add(string.Create(CultureInfo.InvariantCulture, $"{address}: {counter.Statements.Count} statements:\n  {string.Join("\n  ", counter.Statements.Select(s => s.ReplaceLineEndings(" ")[..Math.Min(s.Length, 160)]))}"));
            }
        }

        found.ShouldBeEmpty();
        counts.Count.ShouldBeGreaterThan(10);
        counts.Max().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task The_count_sees_each_statement_of_its_own_requests_and_no_other()
    {
        using var anyone = new PageClient(council.Program.Address);
        await anyone.Open("/health/ready");
        using var counter = new StatementCounter();
        await council.Value<long>("select count(*) from platform.work");
        var before = counter.Statements.Count;
        await anyone.Open("/health/ready");

        (counter.Statements.Count - before).ShouldBe(1);
        counter.Statements.Last().ShouldContain("clock_timestamp()");
    }
}
