using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>
/// Words, addresses and secrets that are found again wherever they come out: in a log that tells all it can, in the history, in what waits to be sent, in
/// messages to others, in the answers to machines and, what must not be readable in a stolen copy, in any table.
/// </summary>
[Collection(AttackedCouncil.Name)]
public sealed partial class CanaryTests(AttackedCouncil council)
{
    private const string Words = "goldammer";
    private const string MoreWords = "rohrdommel";
    private const string Address = "kleiber@example.org";
    private const string OtherAddress = "pirol@example.org";
    private const string Organisation = "Stieglitz and Sons";
    private const string WrongPassword = "a wryneck on the wire";
    private const string Broken = "wiedehopf";

    /// <summary>What has come into being on the way and is as secret as what was planted.</summary>
    private readonly Dictionary<string, string> secrets = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];

    [Fact]
    [Trait("Attack", "F10")]
    [Trait("Attack", "F08")]
    [Trait("Attack", "C15")]
    public async Task What_people_entrust_to_us_is_in_no_log_no_history_no_message_to_others_and_no_problem()
    {
        var slug = await council.Value<string>("select slug from consultations.consultation where status = 'Open' order by closes_at desc limit 1");
        await RespondByApi(slug);
        await RespondByPages(slug);
        await Subscribe();
        await SignInByPages();
        await SignInAsMachine();
        await Break(slug);

        var found = new List<string>();
        string[] everything = [Words, MoreWords, Address, OtherAddress, Organisation, WrongPassword, Broken, .. secrets.Values];
        found.AddRange(Leaks(council.Program.Log.Lines, everything).Select(l => $"log: {l}"));
        found.AddRange(Leaks(problems, everything).Select(p => $"problem: {p}"));
        foreach (var (table, row) in await Rows("history", "outbox", "notification", "job", "job_run", "delivery", "idempotency"))
        {
            found.AddRange(Leaks([row], everything).Select(r => $"{table}: {r}"));
        }

        // What must not be readable in a stolen copy of the database: addresses of residents and every secret.
        foreach (var (table, row) in await Rows())
        {
            found.AddRange(Leaks([row], [Address, OtherAddress, .. secrets.Values]).Select(r => $"{table}: {r}"));
        }

        foreach (var message in await Messages())
        {
            found.AddRange(Leaks([message.Body], [Words, MoreWords, Organisation, WrongPassword, .. message.To is Address or OtherAddress ? [] : new[] { Address, OtherAddress }]).Select(m => $"message: {m}"));
        }

        found.Distinct(StringComparer.Ordinal).ShouldBeEmpty();
        secrets.Keys.Order(StringComparer.Ordinal).ShouldBe(["access token", "client secret", "confirmation", "draft code", "first password", "receipt", "receipt of the pages", "wrong secret"]);
        problems.Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void A_word_that_is_in_a_line_an_exception_or_in_capitals_is_found()
    {
        using var capture = new LogCapture();
        var logger = capture.CreateLogger("control");
        logger.Log(LogLevel.Trace, default, Words, null, (words, _) => $"Somebody said {words}");
        logger.Log(LogLevel.Error, default, "It failed.", new InvalidOperationException("outer", new InvalidOperationException(Address.ToUpperInvariant())), (text, _) => text);
        logger.Log(LogLevel.Warning, default, "Nothing.", null, (text, _) => text);

        Leaks(capture.Lines, [Words, Address]).Count().ShouldBe(2);
    }

    private static IEnumerable<string> Leaks(IEnumerable<string> texts, IReadOnlyCollection<string> canaries) => texts
        .Select(t => (Text: t, Canary: canaries.FirstOrDefault(c => t.Contains(c, StringComparison.OrdinalIgnoreCase))))
        .Where(t => t.Canary is not null)
        .Select(t => $"{t.Canary} in {t.Text.ReplaceLineEndings(" ")[..Math.Min(t.Text.Length, 300)]}");

    private async Task RespondByApi(string slug)
    {
        using var anyone = council.Program.Anyone();
        var answers = Answers(await anyone.GetAsync($"/api/v1/public/consultations/{slug}/questionnaire").Success(), Words);
        var body = new { answers, email = Address, onBehalfOf = Organisation, consentToPublish = true };
        var receipt = await Send(anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", body, ("Idempotency-Key", "canary-of-the-api-0001")).Success();
        var secret = receipt.GetProperty("secret").GetString()!;
        secrets["receipt"] = secret.Split('.')[^1];
        await Problem(anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", new { answers = new { nosuch = Words }, email = Words }, ("Idempotency-Key", "canary-of-the-api-0002"));
        await Problem(anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", new { nosuchmember = Words }, ("Idempotency-Key", "canary-of-the-api-0003"));
        await Problem(anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", body, ("Idempotency-Key", Words));
        await Problem(anyone, HttpMethod.Get, $"/api/v1/public/responses/{Words}", null, ("Receipt-Secret", $"{secret}x"));
        await Send(anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["age-group"] = "25-34" } }, ("Receipt-Secret", secret)).Success();
        await Problem(anyone, HttpMethod.Put, "/api/v1/public/equality-answers", new { answers = new Dictionary<string, string>(StringComparer.Ordinal) { ["age-group"] = Words } }, ("Receipt-Secret", secret));
    }

    /// <summary>From the first page to the receipt, saved in between, with the link that comes by e-mail.</summary>
    private async Task RespondByPages(string slug)
    {
        using var browser = new PageClient(council.Program.Address);
        var page = await browser.Open($"/consultations/{slug}/respond/1");
        page = await browser.Submit(page, Filled(page), "Save and come back later");
        secrets["draft code"] = page.Document.QuerySelector(".site-code")!.TextContent.Replace("-", "", StringComparison.Ordinal);
        await browser.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = OtherAddress }, "Send me the link");
        using var elsewhere = new PageClient(council.Program.Address);
        page = await elsewhere.Open($"/consultations/{slug}/respond/return?code={secrets["draft code"]}");
        (await elsewhere.Open($"/consultations/{slug}/respond/return?code={secrets["draft code"]}x")).Status.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 20 && !page.Address.AbsolutePath.EndsWith("/check", StringComparison.Ordinal); i++)
        {
            // A text that must be short, such as half a postcode, is not one for a canary.
            page = await elsewhere.Submit(page, Filled(page, page.Errors.Count == 0 ? MoreWords : "LE9"), page.Document.QuerySelectorAll("main button").First(b => !b.TextContent.Contains("Save and", StringComparison.Ordinal)).TextContent.Trim());
            page.Status.ShouldBe(HttpStatusCode.OK);
        }

        page = await elsewhere.Submit(page, button: "Send your answers");
        var code = page.Document.QuerySelector(".site-code").ShouldNotBeNull(page.Main).TextContent;
        secrets["receipt of the pages"] = code.Split('.')[^1];
        page = await elsewhere.Submit(await elsewhere.Open("/receipt"), new Dictionary<string, string?>(StringComparer.Ordinal) { ["ReceiptCode"] = code });
        page.Address.PathAndQuery.ShouldBe("/receipt");
        page.Main.ShouldContain(MoreWords);
    }

    private async Task Subscribe()
    {
        var page = await council.ResidentsPages.Open("/updates");
        var topic = page.Document.QuerySelector("main input[name=Topics]")!.GetAttribute("value");
        await council.ResidentsPages.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["EmailAddress"] = Address, ["Topics"] = topic, ["Purposes"] = "Outcome" });
        var link = (await Messages()).Where(m => m.To == Address).Select(m => Confirmation().Match(m.Body)).First(m => m.Success).Value;
        secrets["confirmation"] = link.Split('/')[^1];
        (await council.ResidentsPages.Open($"{link}x")).Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Gone);
        page = await council.ResidentsPages.Open(link);
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        (await council.ResidentsPages.Submit(page)).Done.ShouldBe("You will get these updates");
        (await council.ResidentsPages.Open($"/updates/stop/{secrets["confirmation"]}")).Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Gone);
    }

    private async Task SignInByPages()
    {
        var officer = await council.Program.SendAsync(new CreateOfficer("canary@example.org", "Canary", ["officer"]));
        secrets["first password"] = officer.Password;
        using var browser = new PageClient(council.Program.Address);
        browser.UserAgent = "Mozilla/5.0 \u001b[31m forged";
        var page = await browser.Open("/admin/sign-in");
        page = await browser.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = "canary@example.org", ["Password"] = WrongPassword }, "Sign in");
        page.Title.ShouldStartWith("Error: ");
        page = await browser.Submit(page, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Email"] = "canary@example.org", ["Password"] = officer.Password }, "Sign in");
        page.Address.AbsolutePath.ShouldNotContain("sign-in");
        council.Program.Log.Lines.ShouldNotContain(l => l.Contains('\u001b', StringComparison.Ordinal));
    }

    private async Task SignInAsMachine()
    {
        var client = await council.Program.SendAsync(new CreateApiClient("Canary", ["consultations:read"]));
        secrets["client secret"] = client.Secret;
        secrets["wrong secret"] = "wrong" + client.Secret[5..];
        using var anyone = council.Program.Anyone();
        using var wrong = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.Id.ToString()), new("client_secret", secrets["wrong secret"])]);
        using var refused = await anyone.PostAsync("/api/v1/oauth/token", wrong);
        problems.Add(await refused.Content.ReadAsStringAsync());
        using var right = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", client.Id.ToString()), new("client_secret", client.Secret)]);
        var token = (await anyone.PostAsync("/api/v1/oauth/token", right).Success()).GetProperty("access_token").GetString()!;
        secrets["access token"] = token.Split('.')[^1];
        anyone.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await anyone.GetAsync("/api/v1/consultations").Success();
        anyone.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token + "x");
        await Problem(anyone, HttpMethod.Get, "/api/v1/consultations", null);
    }

    /// <summary>The database refuses what is stored: the failed statement has the words among its parameters.</summary>
    private async Task Break(string slug)
    {
        using var anyone = council.Program.Anyone();
        var answers = Answers(await anyone.GetAsync($"/api/v1/public/consultations/{slug}/questionnaire").Success(), Broken);
        using var browser = new PageClient(council.Program.Address);
        var page = await browser.Open($"/consultations/{slug}/respond/1");
        await council.Change("alter table participation.response rename answers_digest to gone; alter table participation.draft rename content to gone");
        using var failed = await Send(anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses", new { answers }, ("Idempotency-Key", "canary-that-breaks-0001"));
        problems.Add(await failed.Content.ReadAsStringAsync());
        var broken = await browser.Submit(page, Filled(page, Broken), page.Document.QuerySelectorAll("main button").First(b => !b.TextContent.Contains("Save and", StringComparison.Ordinal)).TextContent.Trim());
        await council.Change("alter table participation.response rename gone to answers_digest; alter table participation.draft rename gone to content");
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        broken.Status.ShouldBe(HttpStatusCode.InternalServerError);
        council.Program.Log.Lines.ShouldContain(l => l.Contains("42703", StringComparison.Ordinal), "the operator is told what is wrong");
    }

    private static Dictionary<string, object> Answers(JsonElement questionnaire, string words)
    {
        var answers = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var question in Find(questionnaire, "questions").SelectMany(q => q.EnumerateArray()))
        {
            var code = question.GetProperty("code").GetString()!;
            switch (question.GetProperty("type").GetString())
            {
                case "single":
                    answers[code] = question.GetProperty("options")[0].GetProperty("code").GetString()!;
                    break;
                case "short-text" or "long-text":
                    answers[code] = question.TryGetProperty("maximumLength", out var most) && most.ValueKind == JsonValueKind.Number && most.GetInt32() < words.Length ? words[..most.GetInt32()] : words;
                    break;
                case "scale":
                    answers[code] = question.GetProperty("scale").GetProperty("low").GetInt32();
                    break;
                case "multiple":
                    answers[code] = new[] { question.GetProperty("options")[0].GetProperty("code").GetString()! };
                    break;
                default:
                    break;
            }
        }

        answers.Values.ShouldContain(words);
        return answers;
    }

    private static IEnumerable<JsonElement> Find(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Find(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Find(e, name)),
        _ => [],
    };

    /// <summary>The first choice of everything and the words in every text; what the form has filled in already stays.</summary>
    private static Dictionary<string, string?> Filled(ShownPage page, string words = MoreWords)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var field in page.Document.QuerySelectorAll("main form [name]").OfType<IHtmlElement>())
        {
            var name = field.GetAttribute("name")!;
            switch (field)
            {
                case IHtmlInputElement { Type: "radio" } radio:
                    values.TryAdd(name, radio.Value);
                    break;
                case IHtmlTextAreaElement:
                    values[name] = words;
                    break;
                case IHtmlInputElement { Type: "text" } input:
                    values[name] = name.EndsWith(".Year", StringComparison.Ordinal) ? "2020" : input.HasAttribute("inputmode") ? "1" : words;
                    break;
                case IHtmlInputElement { Type: "email" }:
                    values[name] = OtherAddress;
                    break;
                default:
                    break;
            }
        }

        return values;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient http, HttpMethod method, string address, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await http.SendAsync(request);
    }

    private async Task Problem(HttpClient http, HttpMethod method, string address, object? body, params (string Name, string Value)[] headers)
    {
        using var answer = await Send(http, method, address, body, headers);
        ((int)answer.StatusCode).ShouldBeInRange(400, 499, address);
        problems.Add(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Every row of the tables with these names, or of all, as text.</summary>
    private async Task<List<(string Table, string Row)>> Rows(params string[] names)
    {
        var source = council.Program.Services.GetRequiredService<NpgsqlDataSource>();
        var tables = await Texts("select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('platform', 'access', 'engagements', 'consultations', 'participation', 'closing_the_loop')");
        var rows = new List<(string, string)>();
        foreach (var table in tables.Where(t => names.Length == 0 || names.Contains(t.Split('.')[1], StringComparer.Ordinal)))
        {
            rows.AddRange((await Texts($"select t::text from {table} t")).Select(row => (table, row)));
        }

        rows.Count.ShouldBeGreaterThan(100);
        return rows;

        async Task<List<string>> Texts(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var texts = new List<string>();
            while (await reader.ReadAsync())
            {
                texts.Add(reader.GetString(0));
            }

            return texts;
        }
    }

    private async Task<List<(string To, string Body)>> Messages()
    {
        var key = council.Program.Services.GetRequiredService<MasterKey>();
        await using var command = council.Program.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select recipient, content from platform.notification order by queued_at desc");
        await using var reader = await command.ExecuteReaderAsync();
        var messages = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            var content = JsonSerializer.Deserialize<NotificationContent>(key.Decrypt(Notification.Purpose, reader.GetFieldValue<byte[]>(1)))!;
            messages.Add((key.DecryptText(Notification.Purpose, reader.GetFieldValue<byte[]>(0)), string.Create(CultureInfo.InvariantCulture, $"{content.Subject}\n{content.Body}")));
        }

        return messages;
    }

    [GeneratedRegex(@"/updates/confirm/[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex Confirmation();
}
