using Engagement.Access.Api;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.TestKit.Demo;
using Microsoft.Playwright;

namespace Engagement.EndToEndTests;

/// <summary>
/// The officers' pages for responses, analysis and the outcome, each empty, filled and with errors: on the demonstration's consultation
/// that is half coded, on the one whose loop is closed, and on the one that is open.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class LoopPagesTests(Browser browser) : IAsyncLifetime
{
    private readonly LoadedCouncil council = new();
    private IBrowserContext context = null!;
    private IPage page = null!;
    private PageAudit audit = null!;
    private readonly List<string> faults = [];

    public async Task InitializeAsync()
    {
        await council.InitializeAsync();
        context = await browser.Chromium.NewContextAsync();
        var officer = await council.Program.SendAsync(new CreateOfficer("loop@example.org", "Jo Officer", ["administrator"], MustChangePassword: false));
        await context.AddCookiesAsync(
        [
            new Cookie
            {
                Name = OfficerCookie.Name,
                Value = await council.Program.SendAsync(new OpenSession(officer.Id)),
                Domain = council.Program.Address.Host,
                Path = "/admin",
            },
        ]);
        page = await context.NewPageAsync();
        audit = PageAudit.Of(page);
    }

    public async Task DisposeAsync()
    {
        await context.DisposeAsync();
        await council.DisposeAsync();
    }

    [Fact]
    public async Task Responses_and_their_analysis()
    {
        var half = await Consultation("select l.consultation_id from closing_the_loop.loop l where l.coding_completed_at is null");
        var open = await Consultation("select f.consultation_id from participation.response_form f where f.sealed_at is null and exists (select from participation.response r where r.consultation_id = f.consultation_id) order by f.closes_at desc limit 1");
        var response = await council.Value<Guid>(
            "select r.response_id from participation.v1_responses r join participation.v1_answers a using (consultation_id, response_id) where r.consultation_id = $1 and r.consent_to_publish and a.text is not null limit 1", half);
        var question = await council.Value<string>("select question_code from participation.v1_answers where response_id = $1 and text is not null limit 1", response);

        await council.Change($"update participation.response set automation_sign = 'Flood' where id = '{response}'");
        await council.Change($"update participation.response set automation_sign = 'Pace' where id = (select response_id from participation.v1_responses where consultation_id = '{half}' order by response_id desc limit 1)");
        await Look(half, "responses", "responses-filled");
        await Look(half, "responses?Filter.Sender=program", "responses-of-a-program");
        await page.GetByLabel("Words in the answers, or a reference").FillAsync("bus");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply filters" }).ClickAsync();
        await Check("responses-found", hasErrors: false);
        await Look(half, "responses?Filter.Words=zzzz", "responses-empty");
        await Look(half, $"responses?Filter.Words={new string('x', 201)}", "responses-error", hasErrors: true);
        await Look(half, $"responses/{response}", "response-filled");
        await Look(half, "themes", "themes-filled");
        await Look(half, "themes/new", "theme-new");
        await Press("Add the theme", "theme-new-error");
        await Look(half, $"themes/{await council.Value<Guid>("select id from closing_the_loop.theme where consultation_id = $1 limit 1", half)}", "theme-filled");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("");
        await Press("Save", "theme-error");
        await Look(half, "coding", "coding-filled");
        await Press("Save and next", "coding-error");
        await Look(half, "coding/complete", "coding-complete");
        await Press("Declare the coding complete", "coding-complete-error");
        await Look(half, "coding/reopen", "coding-reopen-not-complete");
        await Look(half, "results", "results-filled");
        await Look(half, "results/compare", "compare");
        await Press("Compare", "compare-error");
        await page.GetByLabel("Rows").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Columns").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Table).WaitForAsync();
        await Check("compare-filled", hasErrors: false);
        await Look(half, "quotations", "quotations");
        await Look(half, $"quotations/propose?Response={response}&Question={question}", "quotation-propose");
        await page.GetByLabel("Words to quote").FillAsync("never said");
        await Press("Propose these words", "quotation-propose-error");
        await Look(half, $"quotations/withdraw?Response={response}&Question={question}", "quotation-withdraw");
        await Press("Take it back", "quotation-withdraw-error");
        await Look(half, "export", "export");
        await Look(open, "responses", "responses-open");
        await Look(open, "results", "results-open");
        await Look(open, "not-closed", "not-closed");
        await Look(open, "log-response", "log-response");
        await Press("Log the response", "log-response-error");
        await Look(half, "log-response", "log-response-closed");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_keyboard_codes_and_can_be_turned_off()
    {
        var half = await Consultation("select l.consultation_id from closing_the_loop.loop l where l.coding_completed_at is null");
        await page.GotoAsync($"{council.Program.Address}admin/consultations/{half}/coding");
        var before = await council.Value<int>("select count(*) from closing_the_loop.coded_answer where consultation_id = $1", half);
        var first = await page.Locator("#coding-text").InnerTextAsync();

        await page.Keyboard.PressAsync("1");
        (await page.Locator("[data-coding-key='1']").IsCheckedAsync()).ShouldBeTrue();
        await page.Keyboard.PressAsync("x");
        (await page.Locator("[data-coding-key='1']").IsCheckedAsync()).ShouldBeFalse("none of the themes unticks the others");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("s");
        await page.WaitForURLAsync("**/coding?Response=*");
        (await council.Value<int>("select count(*) from closing_the_loop.coded_answer where consultation_id = $1", half)).ShouldBe(before + 1);
        (await page.Locator("#coding-text").InnerTextAsync()).ShouldNotBe(first);
        await page.Keyboard.PressAsync("u");
        await page.Locator($"text={first[..Math.Min(20, first.Length)]}").First.WaitForAsync();
        (await council.Value<int>("select count(*) from closing_the_loop.coded_answer where consultation_id = $1", half)).ShouldBe(before);

        await page.GetByLabel("Use the keyboard").UncheckAsync();
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("1");
        (await page.Locator("[data-coding-key='1']").IsCheckedAsync()).ShouldBeFalse("the keys stay off");
    }

    [Fact]
    public async Task Decision_outcome_and_commitments()
    {
        var closed = await Consultation("select consultation_id from closing_the_loop.loop where closed_loop_at is not null");
        var half = await Consultation("select l.consultation_id from closing_the_loop.loop l where l.coding_completed_at is null");
        var theme = await council.Value<Guid>("select id from closing_the_loop.theme where consultation_id = $1 and merged_into is null limit 1", closed);
        var commitment = await council.Value<Guid>("select id from closing_the_loop.commitment where consultation_id = $1 limit 1", closed);

        await Look(half, "decision", "decision-early");
        await Press("Record the decision", "decision-error");
        await Look(half, "outcome", "outcome-empty");
        await Look(half, "outcome/preview", "outcome-preview-empty");
        await Look(half, "outcome/publish", "outcome-publish-blocked");
        await Look(half, "outcome/introduction", "outcome-introduction-empty");
        await Press("Save", "outcome-introduction-error");
        await Look(half, "outcome/due-date", "due-date");
        await Press("Move the date", "due-date-error");
        await Look(half, "commitments", "commitments-empty");
        await Look(half, "commitments/new", "commitment-new");
        await Press("Save", "commitment-new-error");

        await Look(closed, "decision", "decision-filled");
        await Look(closed, "quotations", "quotations-filled");
        await Look(closed, "outcome", "outcome-filled");
        await Look(closed, $"outcome/themes/{theme}", "theme-answer-filled");
        await page.GetByLabel("You said").FillAsync(new string('x', 5001));
        await Press("Save the answer", "theme-answer-error");
        await Look(closed, "outcome/introduction", "outcome-introduction-filled");
        await Look(closed, "outcome/preview", "outcome-preview-filled");
        await Look(closed, "outcome/publish", "outcome-publish-nothing-changed");
        await Look(closed, "commitments", "commitments-filled");
        await Look(closed, $"commitments/{commitment}", "commitment-filled");
        await page.GetByLabel("Who answers for it").FillAsync("");
        await Press("Save", "commitment-error");
        await Look(closed, $"commitments/{commitment}/progress", "progress");
        await Press("Publish the progress", "progress-error");
        await Look(closed, "coding", "coding-closed");
        await Look(closed, "coding/reopen", "coding-reopen");
        await Press("Reopen the coding", "coding-reopen-error");
        faults.ShouldBeEmpty();
    }

    private Task<Guid> Consultation(string sql) => council.Value<Guid>(sql);

    private async Task Look(Guid consultation, string path, string name, bool hasErrors = false)
    {
        await page.GotoAsync($"{council.Program.Address}admin/consultations/{consultation}/{path}");
        await Check(name, hasErrors);
    }

    /// <summary>Presses a button whose form is not as it should be.</summary>
    private async Task Press(string button, string name)
    {
        // With the keyboard, as the audit left the page: the journeys use the mouse.
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).PressAsync("Enter");
        await Check(name, hasErrors: true);
    }

    /// <summary>Goes on after a fault, so that one run tells of all pages.</summary>
    private async Task Check(string name, bool hasErrors)
    {
        try
        {
            await audit.Check(name, hasErrors);
        }
        catch (ShouldAssertException fault)
        {
            faults.Add(fault.Message);
        }
    }
}
