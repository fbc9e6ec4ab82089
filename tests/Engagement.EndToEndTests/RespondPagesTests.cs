using Engagement.TestKit;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>A resident's way through the form and back to the receipt, in a browser with scripts; each page in each of its states is audited.</summary>
[Collection(BrowserTests.Name)]
public sealed class RespondPagesTests(Browser browser) : IntegrationTest
{
    private const string Slug = "20-mph-limit-and-waiting-restrictions-coventry-road-and-fosse-way-sapcote";
    private IPage page = null!;
    private PageAudit audit = null!;

    private string Form => $"{App.Address}consultations/{Slug}/respond";

    [Fact]
    [Trait("Attack", "F11")]
    public async Task Every_page_of_the_form_and_of_the_receipt_in_each_of_its_states()
    {
        var loader = new DemoLoader(App, ConnectionString);
        await loader.LoadAsync();
        loader.RemoveFiles();
        await LetOneOptionLeadOut();
        await using var context = await browser.Chromium.NewContextAsync();
        page = await context.NewPageAsync();
        audit = PageAudit.Of(page);

        await Open(Form, "respond-start");
        await Press("Start now");
        await audit.Check("respond-question-empty");
        await Press("Continue");
        (await page.EvaluateAsync<string>("document.activeElement.className")).ShouldContain("govuk-error-summary", customMessage: "the focus moves to the summary");
        await audit.Check("respond-question-error", hasErrors: true);
        await Choose("I pass through");
        await Press("Continue");
        await audit.Check("respond-exit");
        await Press("change your answer");
        await Choose("I live on one of them");
        await page.GetByLabel("On how many days").FillAsync("five");
        await Press("Continue");
        await audit.Check("respond-question-filled-error", hasErrors: true);
        await page.GetByLabel("On how many days").FillAsync("5");
        await Press("Continue");
        await Choose("I object to it");
        await Press("Continue");
        await audit.Check("respond-question-more");
        await page.GetByLabel("On what grounds").FillAsync("Lorries would take the lane past the school.");
        await Press("Save and come back later");
        await audit.Check("respond-save");
        await page.GetByLabel("E-mail address").FillAsync("nobody");
        await Press("Send me the link");
        await audit.Check("respond-save-error", hasErrors: true);
        await page.GetByLabel("E-mail address").FillAsync("resident@example.org");
        await Press("Send me the link");
        await audit.Check("respond-save-sent");
        await Open($"{Form}/return", "respond-return");
        await Press("Continue");
        await audit.Check("respond-return-error", hasErrors: true);
        await Open(Form, "respond-start-begun");
        await Press("Go on with your answers");
        await audit.Check("respond-question-facts");
        await Choose("I support them");
        await Press("Continue");
        for (var more = 0; more < 5 && !page.Url.EndsWith("/details", StringComparison.Ordinal); more++)
        {
            await audit.Check($"respond-question-later-{more}");
            await Press("Continue");
        }

        await audit.Check("respond-details-empty");
        await page.GetByLabel("E-mail address").FillAsync("nobody");
        await Press("Continue");
        await audit.Check("respond-details-error", hasErrors: true);
        await page.GetByLabel("E-mail address").FillAsync("");
        await page.GetByLabel("If you answer for an organisation").FillAsync("Sapcote walkers");
        await Press("Continue");
        await audit.Check("respond-check");
        await Press("Send your answers");
        await audit.Check("respond-sent");
        var receipt = (await page.Locator(".site-code").InnerTextAsync()).Trim();
        await Press("Yes, answer them");
        await audit.Check("respond-about-you");
        await Choose("25 to 34");
        await Press("Save these answers");
        await audit.Check("respond-thanks");

        await Open($"{App.Address}receipt", "receipt-empty");
        await Press("Continue");
        await audit.Check("receipt-error", hasErrors: true);
        await page.GetByLabel("Receipt code").FillAsync(receipt);
        await Press("Continue");
        await audit.Check("receipt-filled");
        await Press("See, change or remove what you said about yourself");
        await audit.Check("receipt-about-you");
        await Open($"{App.Address}receipt/withdraw", "receipt-withdraw");
        await Open(Form, "respond-start-sent");

        await TooLate();
    }

    /// <summary>Somebody else has the form open at the closing instant.</summary>
    private async Task TooLate()
    {
        await using var context = await browser.Chromium.NewContextAsync();
        page = await context.NewPageAsync();
        audit = PageAudit.Of(page);
        await page.GotoAsync($"{Form}/1");
        await Choose("I live near by");
        await Press("Continue");
        await Choose("I support it");
        Clock.MoveTo(new DateTimeOffset(await Scalar<DateTime>("select closes_at from participation.response_form where slug = $1", Slug), TimeSpan.Zero));

        await Press("Continue");

        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Your answers came too late to be counted");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("I support it");
        await audit.Check("respond-closed");
        await context.ClearCookiesAsync();
        await Open(Form, "respond-start-closed");
        await page.GotoAsync($"{App.Address}receipt");
        await page.GetByLabel("Receipt code").FillAsync("7K3M-9QXP-2VTD.x");
        await Press("Continue");
        (await page.Locator(".govuk-error-summary").CountAsync()).ShouldBe(1);
    }

    /// <summary>The demonstration sends nobody away; here one option does, before the program has read the questions.</summary>
    private Task<int> LetOneOptionLeadOut() => AsAdministrator(
        $$$"""
        update participation.questionnaire_version v
           set content_json = jsonb_set(content_json::jsonb, '{pages,0,exits}',
               '[{"title":"This form is for people who live or work near by","text":"Each road has its own survey.","nextStep":"You can write to us about other roads.","link":{"text":"Write to us","address":"mailto:roads@example.org"},"when":{"match":"all","terms":[{"question":"q1","test":"any-of","options":["through"]}]}}]')::text
          from participation.response_form f
         where f.consultation_id = v.consultation_id and f.slug = '{{{Slug}}}'
        """);

    private async Task Open(string address, string name)
    {
        await page.GotoAsync(address);
        await audit.Check(name);
    }

    private async Task Choose(string label) => await page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First.CheckAsync();

    private async Task Press(string words)
    {
        var target = page.Locator("main").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = words, Exact = true })
            .Or(page.Locator("main").GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = words, Exact = true }));
        await target.First.ClickAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }
}
