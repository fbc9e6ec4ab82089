using System.Net;
using Engagement.Participation.Contracts;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class QuotationTests : LoopTest
{
    private const string Text = "I work all week, so I can only come on Saturdays.";

    [Fact]
    [Trait("Attack", "F04")]
    public async Task Cleared_words_are_shown_with_their_theme_and_disappear_when_they_are_taken_back()
    {
        var response = await Respond(Text, consentToPublish: true);
        await Close();
        var theme = await AddTheme("Saturdays");
        await Code(response, theme);
        var quotation = await Propose(response, "I can only come on Saturdays.");
        await CompleteCoding();
        await Decide();
        await Write(Answer(theme, quotations: [quotation]));
        using var tooEarly = await PublishOutcome(Approver);
        (await tooEarly.Json()).GetProperty("breaches")[0].GetProperty("rule").GetString().ShouldBe("quotation-not-cleared");

        await Clear(Approver, response, version: 1).Success();
        (await PublishOutcome(Approver)).Dispose();

        (await Quoted()).ShouldBe(["I can only come on Saturdays."]);
        await Post(Writer, $"quotations/{response}/q3/withdrawal", new { reason = "The participant asked." }).Success();
        (await Quoted()).ShouldBeEmpty();
        (await Scalar<int>("select count(*) from closing_the_loop.quotation where text <> ''")).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "F03")]
    public async Task Words_are_cleared_by_a_second_person_and_only_with_consent()
    {
        var (open, shy) = (await Respond(Text, consentToPublish: true), await Respond(Text));
        await Close();
        await Propose(open, Text);
        await Propose(shy, Text);
        (await Put(Approver, $"quotations/{open}/q3", new { text = "I work all week" }, version: 1)).Dispose();
        using var moderator = await Client("outcomes:approve");

        using var ownChoice = await Clear(Approver, open, version: 2);
        using var withoutConsent = await Clear(moderator, shy, version: 1);
        using var others = await Clear(moderator, open, version: 2);
        using var withoutRight = await Clear(Colleague, open, version: 2);

        (await ownChoice.ProblemCode()).ShouldBe("second-approver-required");
        (await withoutConsent.ProblemCode()).ShouldBe("no-consent-to-publish");
        others.StatusCode.ShouldBe(HttpStatusCode.OK);
        withoutRight.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var list = await Writer.GetAsync(Address("quotations")).Success();
        list.GetProperty("items").EnumerateArray().Select(q => q.GetProperty("status").GetString()).ShouldBe(["cleared", "candidate"]);
    }

    [Fact]
    [Trait("Attack", "A10")]
    public async Task Until_words_are_cleared_only_those_read_them_who_may_read_responses()
    {
        var response = await Respond(Text, consentToPublish: true);
        await Close();
        await Propose(response, Text);

        (await Words(Writer)).ShouldBe([Text]);
        (await Words(Colleague)).ShouldBe([""]);

        await Clear(Approver, response, version: 1).Success();
        (await Words(Colleague)).ShouldBe([Text]);

        async Task<IEnumerable<string>> Words(HttpClient client) =>
            (await client.GetAsync(Address("quotations")).Success()).GetProperty("items").EnumerateArray().Select(q => q.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task Clearance_is_of_the_words_that_the_moderator_read()
    {
        var response = await Respond(Text, consentToPublish: true);
        await Close();
        await Propose(response, Text);
        (await Put(Writer, $"quotations/{response}/q3", new { text = "I work all week" }, version: 1)).Dispose();

        using var answer = await Clear(Approver, response, version: 1);

        answer.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task Words_that_nobody_wrote_are_not_a_quotation()
    {
        var response = await Respond(Text, consentToPublish: true);
        await Close();

        using var invented = await Put(Writer, $"quotations/{response}/q3", new { text = "Close it." }, version: 0);
        using var elsewhere = await Put(Writer, $"quotations/{response}/q1", new { text = "no" }, version: 0);

        (await invented.ProblemCode()).ShouldBe("not-the-participants-words");
        elsewhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task No_word_of_a_participant_gets_into_the_history()
    {
        var response = await Respond(Text, consentToPublish: true);
        await Close();
        var theme = await AddTheme("Weekends");
        await Code(response, theme);
        await Propose(response, Text);
        await Clear(Approver, response, version: 1).Success();

        (await Scalar<int>("select count(*) from closing_the_loop.history")).ShouldBeGreaterThan(4);
        (await Scalar<int>("select count(*) from closing_the_loop.history where data like '%work all week%' or reason like '%work all week%'")).ShouldBe(0);
    }

    private async Task<Guid> Propose(ResponseId response, string text) =>
        (await Put(Writer, $"quotations/{response}/q3", new { text }, version: 0).Success()).GetProperty("id").GetGuid();

    private Task<HttpResponseMessage> Clear(HttpClient client, ResponseId response, int version) =>
        Post(client, $"quotations/{response}/q3/clearance", null, ("If-Match", $"\"{version}\""));

    private async Task<IEnumerable<string?>> Quoted() =>
        (await PublicOutcome()).GetProperty("outcome").GetProperty("themes")[0].GetProperty("quotations").EnumerateArray().Select(q => q.GetString());
}
