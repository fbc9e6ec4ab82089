using Engagement.Access.Application.Officers;
using Engagement.Kernel;
using Engagement.TestKit;

namespace Engagement.EndToEndTests.Journeys;

/// <summary>
/// The main job through the pages, in a browser: an officer plans, schedules and has it published by a second officer; a resident
/// answers, changes the answer and keeps the receipt; the clock closes it; an analyst codes; the outcome is written and published;
/// the resident sees what became of their words. Once with scripts, once without, once with the keyboard alone.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed partial class MainJourneyTests(Browser browser) : IntegrationTest
{
    private const string Slug = "when-should-the-town-library-open";
    private const string Theme = "Open in the evening";
    private static readonly DateOnly FirstDay = new(2027, 1, 11);
    private static readonly DateOnly LastDay = new(2027, 3, 7);
    private static readonly DateOnly DecisionDay = new(2027, 5, 18);
    private readonly Dictionary<string, string> passwords = new(StringComparer.Ordinal);
    private string consultation = "";

    [Theory]
    [InlineData(Way.Mouse)]
    [InlineData(Way.MouseWithoutScript)]
    [InlineData(Way.Keyboard)]
    public async Task A_plan_becomes_an_outcome_that_the_resident_sees(Way way)
    {
        await using var author = await Officer("author@example.org", "Sam Okafor", "officer", way);
        await using var approver = await Officer("approver@example.org", "Ruth Penhale", "approver", way);
        await using var analyst = await Officer("analyst@example.org", "Ada Lund", "analyst", way);
        var engagement = await Plan(author);
        await ReviewAndApprove(approver, engagement);
        await Draft(author, engagement);
        await ApproveConsultation(approver);

        Clock.MoveTo(UkTime.StartOf(FirstDay).AddHours(10));
        await App.WorkAsync();
        await using var resident = await Visitor.Arrive(browser, App.Address, way);
        await Respond(resident);
        await ChangeResponse(resident);

        Clock.MoveTo(UkTime.StartOf(LastDay.AddDays(1)).AddMinutes(10));
        await App.WorkAsync();
        await SeeItClosed(resident);

        // A session lasts a working day; months have passed.
        await SignIn(analyst, "analyst@example.org");
        await SignIn(author, "author@example.org");
        await Code(analyst);
        Clock.MoveTo(UkTime.StartOf(DecisionDay).AddHours(15));
        await SignIn(author, "author@example.org");
        await SignIn(approver, "approver@example.org");
        await WriteOutcome(author);
        await Publish(approver);
        await App.WorkAsync();
        await SeeTheOutcome(resident);
    }

    private async Task<Visitor> Officer(string email, string name, string role, Way way)
    {
        passwords[email] = (await Send(new CreateOfficer(email, name, [role], MustChangePassword: false))).Password;
        var officer = await Visitor.Arrive(browser, App.Address, way);
        await SignIn(officer, email);
        return officer;
    }

    private async Task SignIn(Visitor officer, string email)
    {
        await officer.Open("/admin/sign-in");
        await officer.Fill("E-mail address", email);
        await officer.Fill("Password", passwords[email]);
        await officer.Press("Sign in");
        (await officer.Page.Locator("h1").InnerTextAsync()).ShouldBe("My work");
    }
}
