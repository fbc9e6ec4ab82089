using System.Net;
using Engagement.Access.Application.Officers;
using Engagement.Host.Pages.Public.Respond;
using Engagement.IntegrationTests.Consultations;
using Engagement.TestKit;
using Engagement.TestKit.Pages;

namespace Engagement.IntegrationTests.Faults;

/// <summary>The keys of forms and tokens and all sessions are gone, and the program is started anew: everybody can go on, and nothing that was kept is lost.</summary>
public sealed class LostKeysTests : ConsultationsTest
{
    private const string Lost = "This page was open too long";

    [Fact]
    public async Task X34_A_resident_whose_form_is_of_before_is_told_what_to_do_and_goes_on_with_the_draft()
    {
        var slug = await SlugOf(await Opened());
        using var resident = new PageClient(App.Address);
        var details = await resident.Submit(await resident.Open($"/consultations/{slug}/respond/1"), Values(("answer-q1", "Keep the stop at the church.")), "Continue");
        await AsAdministrator("delete from platform.data_protection_key");
        await using var restarted = await RunningApplication.StartAsync(ConnectionString, Clock, Settings, Replace);

        var refused = await resident.Submit(At(restarted, details), Values(("Email", "resident@example.org")), "Continue");

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.Heading.ShouldBe(Lost);
        refused.Main.ShouldContain("Go back, load the page again and send it once more.");
        var first = await resident.Open(new Uri(restarted.Address, $"/consultations/{slug}/respond/1").AbsoluteUri);
        first.Value("answer-q1").ShouldBe("Keep the stop at the church.");

        // Somebody who has nothing but the code.
        var code = resident.Cookies.GetCookies(first.Address)[RespondCookies.Draft]!.Value;
        using var elsewhere = new PageClient(restarted.Address);
        (await elsewhere.Open($"/consultations/{slug}/respond/return?code={code}")).Main.ShouldContain("Keep the stop at the church.");

        var check = await resident.Submit(await resident.Submit(first, button: "Continue"), button: "Continue");
        (await resident.Submit(check, button: "Send your answers")).Heading.ShouldBe("We have received your answers");
        (await Scalar<int>("select count(*) from participation.response")).ShouldBe(1);
    }

    [Fact]
    public async Task X34_An_officer_whose_form_is_of_before_is_told_so_and_one_whose_session_is_gone_signs_in_again()
    {
        var id = await Drafted();
        var created = await Send(new CreateOfficer("officer@example.org", "A Officer", ["officer"], MustChangePassword: false));
        using var officer = await App.PagesOfAsync(created.Id);
        var about = await officer.Open($"/admin/consultations/{id}/about");
        await AsAdministrator("delete from platform.data_protection_key");
        await using var restarted = await RunningApplication.StartAsync(ConnectionString, Clock, Settings, Replace);

        var refused = await officer.Submit(At(restarted, about), Values(("Title", "Another title")), "Save");
        (refused.Status, refused.Heading).ShouldBe((HttpStatusCode.BadRequest, Lost));
        var again = await officer.Open(new Uri(restarted.Address, about.Address.PathAndQuery).AbsoluteUri);
        (await officer.Submit(again, Values(("Title", "Another title")), "Save")).Status.ShouldBe(HttpStatusCode.OK);
        (await ReadConsultation(id)).GetProperty("title").GetString().ShouldBe("Another title");

        await AsAdministrator("delete from access.session");
        var signIn = await officer.Submit(again, Values(("Title", "A third title")), "Save");
        signIn.Heading.ShouldBe("Sign in");
        (await ReadConsultation(id)).GetProperty("title").GetString().ShouldBe("Another title");
        var back = await officer.Submit(signIn, Values(("Email", "officer@example.org"), ("Password", created.Password)), "Sign in");
        back.Status.ShouldBe(HttpStatusCode.OK);
        (await officer.Open(again.Address.AbsoluteUri)).Value("Title").ShouldBe("Another title");
    }

    [Fact]
    public async Task X34_A_client_whose_token_was_signed_with_a_lost_key_asks_for_another()
    {
        await AsAdministrator("delete from platform.signing_key");
        await using var restarted = await RunningApplication.StartAsync(ConnectionString, Clock, Settings, Replace);

        using var refused = await Writer.GetAsync(new Uri(restarted.Address, "/api/v1/consultations"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.ProblemCode()).ShouldBe("unauthenticated");
        using var client = await restarted.ClientAsync("consultations:read");
        (await client.GetAsync("/api/v1/consultations")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The same page in the browser's window, with the program on another port.</summary>
    private static ShownPage At(RunningApplication program, ShownPage page) => page with { Address = new Uri(program.Address, page.Address.PathAndQuery) };

    private static Dictionary<string, string?> Values(params (string Name, string? Value)[] values) => values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
}
