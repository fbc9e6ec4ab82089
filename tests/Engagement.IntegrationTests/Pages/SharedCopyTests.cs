using System.Net;
using Engagement.IntegrationTests.Consultations;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Pages;

public sealed class SharedCopyTests : ConsultationsTest
{
    /// <summary>Longer than any page allows, so that the page's own limit decides.</summary>
    protected override IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["SharedCopies:KeptFor"] = "01:00:00" };

    [Fact]
    public async Task A_page_that_is_the_same_for_everybody_is_made_once_and_keeps_the_policy_that_fits_its_scripts()
    {
        await Scheduled();
        var first = await Get("/");

        using var counter = new StatementCounter();
        var second = await Get("/");
        var other = await Get("/?q=libraries");

        second.Body.ShouldBe(first.Body);
        second.Policy.ShouldBe(first.Policy);
        first.Body.ShouldContain($"nonce=\"{Nonce(first.Policy)}\"");
        other.Body.ShouldContain($"nonce=\"{Nonce(other.Policy)}\"");
        Nonce(other.Policy).ShouldNotBe(Nonce(first.Policy), "another address is another page");
        counter.Statements.ShouldNotBeEmpty("the other address asked the database");
        using var quiet = new StatementCounter();
        await Get("/?q=libraries");
        quiet.Statements.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_copy_is_kept_that_would_be_wrong_within_the_second()
    {
        await Scheduled();
        var opens = Kernel.UkTime.StartOf(SampleConsultation.Details.Opens.Date);

        using var browser = new PageClient(App.Address);
        App.Clock.MoveTo(opens.AddMilliseconds(-900));
        (await browser.Open("/")).Main.ShouldContain("Opens soon (1 found)");
        App.Clock.MoveTo(opens);
        (await browser.Open("/")).Main.ShouldContain("Open (1 found)", customMessage: "it opened while a copy might have been kept");
    }

    [Theory]
    [InlineData("/consultations/there-is-none")]
    [InlineData("/help")]
    public async Task What_is_not_the_same_for_everybody_or_not_there_is_made_anew(string address)
    {
        var first = await Get(address);
        var second = await Get(address);

        Nonce(second.Policy).ShouldNotBe(Nonce(first.Policy));
    }

    private static string Nonce(string policy) => policy.Split("'nonce-")[1].Split('\'')[0];

    private async Task<(string Body, string Policy)> Get(string address)
    {
        using var answer = await Anyone.GetAsync(new Uri(address, UriKind.Relative));
        return (WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), answer.Headers.GetValues("Content-Security-Policy").Single());
    }
}
