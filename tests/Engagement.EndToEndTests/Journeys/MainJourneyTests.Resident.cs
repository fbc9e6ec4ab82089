namespace Engagement.EndToEndTests.Journeys;

public sealed partial class MainJourneyTests
{
    private static async Task Respond(Visitor resident)
    {
        await resident.Open("/");
        await resident.Follow("When should the town library open?");
        await resident.ShouldSee("11:59pm on Sunday 7 March 2027");
        await resident.Open($"/consultations/{Slug}/respond");
        await resident.Follow("Start now");
        await resident.Press("Continue");
        (await resident.Page.TitleAsync()).ShouldStartWith("Error: ");
        await resident.Choose("Yes");
        await resident.Press("Continue");
        await resident.Fill("Which hours would suit you? (optional)", "On Saturdays");
        await resident.Press("Continue");
        await resident.Press("Continue");
        await resident.ShouldSee("On Saturdays");
        await resident.Press("Send your answers");
        await resident.ShouldSee("We have received your answers");
    }

    private static async Task ChangeResponse(Visitor resident)
    {
        await resident.Press("See, change or withdraw your answers");
        await resident.Press("Change your answers");
        await resident.Follow("Change your answer to: Which hours would suit you?");
        await resident.Fill("Which hours would suit you? (optional)", "After six, on weekdays");
        await resident.Press("Continue");
        await resident.ShouldSee("After six, on weekdays");
        await resident.Press("Send your changed answers");
        await resident.ShouldSee("We have received your answers");
    }

    private static async Task SeeItClosed(Visitor resident)
    {
        await resident.Open($"/consultations/{Slug}");

        // The browser keeps a public page for a while by its own clock, which the test cannot move.
        await resident.Page.ReloadAsync();
        await resident.ShouldSee("closed");
        await resident.Open($"/consultations/{Slug}/respond");
        (await resident.Page.Locator("h1").InnerTextAsync()).ShouldStartWith("This consultation closed at 11:59pm on Sunday 7 March 2027");
    }

    private static async Task SeeTheOutcome(Visitor resident)
    {
        await resident.Open("/receipt");
        await resident.ShouldSee(Theme);
        await resident.ShouldSee("The library stays open until 8pm on Thursdays.");
        await resident.Open($"/consultations/{Slug}/outcome");
        await resident.Page.ReloadAsync();
        await resident.ShouldSee("Evenings on weekdays.");
    }
}
