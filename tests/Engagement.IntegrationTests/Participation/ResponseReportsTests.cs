using System.Net;
using System.Text.Json;
using Engagement.TestKit;

namespace Engagement.IntegrationTests.Participation;

/// <summary>What officers and reports read.</summary>
public sealed class ResponseReportsTests : ParticipationTest
{
    [Fact]
    public async Task The_list_pages_through_every_response_once_and_holds_no_address()
    {
        using var officer = await Client("participation:read");
        for (var i = 0; i < 7; i++)
        {
            await Respond(new { answers = new { q1 = "yes", q4 = i }, email = $"person{i}@example.org" });
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var text = await (await officer.GetAsync($"/api/v1/consultations/{Consultation.Id}/responses?limit=3{(cursor is null ? "" : $"&cursor={cursor}")}")).Content.ReadAsStringAsync();
            text.ShouldNotContain("example.org");
            var page = JsonSerializer.Deserialize<JsonElement>(text);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("answers").GetProperty("q4").GetRawText()));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(["0", "1", "2", "3", "4", "5", "6"]);
    }

    [Fact]
    public async Task The_list_filters_by_channel_and_day_and_refuses_what_it_does_not_know()
    {
        using var officer = await Client("participation:read", "participation:write");
        await Respond();
        await Post(new { answers = new { q1 = "no" }, channel = "kiosk" }, client: officer);
        var list = $"/api/v1/consultations/{Consultation.Id}/responses";

        (await Count($"{list}?channel=kiosk")).ShouldBe(1);
        (await Count($"{list}?late=false")).ShouldBe(2);
        (await Count($"{list}?late=true")).ShouldBe(0);
        (await Count($"{list}?from=2026-11-23&to=2026-11-23")).ShouldBe(2);
        (await Count($"{list}?from=2026-11-24")).ShouldBe(0);
        (await Count($"{list}?to=2026-11-22")).ShouldBe(0);
        (await officer.GetAsync($"{list}?channel=pigeon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await officer.GetAsync($"{list}?from=yesterday")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await officer.GetAsync($"{list}?email=a")).ProblemCode()).ShouldBe("unknown-parameter");
        (await officer.GetAsync($"{list}?limit=201")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await officer.GetAsync($"/api/v1/consultations/{Guid.CreateVersion7()}/responses")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<int> Count(string address) => (await (await officer.GetAsync(address)).Json()).GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task The_published_views_show_each_answer_once_with_its_kind()
    {
        await Respond(new
        {
            answers = new { q1 = "yes", q2 = new[] { "sat", "mon" }, q3 = "Open \"later\"", q4 = 4.5, q5 = "2026-11-20", q6 = 5 },
            consentToPublish = true,
        });

        (await Scalar<string>(
            "select string_agg(concat_ws('|', question_code, coalesce(option_code, '-'), coalesce(number::text, '-'), coalesce(date::text, '-'), coalesce(text, '-')), E'\\n' order by question_code, option_code) from participation.v1_answers"))
            .ShouldBe("q1|yes|-|-|-\nq2|mon|-|-|-\nq2|sat|-|-|-\nq3|-|-|-|Open \"later\"\nq4|-|4.5|-|-\nq5|-|-|2026-11-20|-\nq6|5|-|-|-");
        (await Scalar<string>("select array_to_string(given, ' ') from participation.v1_given")).ShouldBe("q1=yes q2=mon q2=sat q3~ q4:4.5 q5@2026-11-20 q6=5 q2+2");
        (await Scalar<string>("select array_to_string(given, ' ') from participation.v3_given")).ShouldBe("q1=yes q2=mon q2=sat q3~ q4:4.5 q5@2026-11-20 q6=5 q2+2 ?q1,q2,q3,q4,q5,q6");
        (await Scalar<string>(
            "select concat_ws('|', channel, questionnaire_version, received_on, late, consent_to_publish, array_to_string(asked, ',')) from participation.v1_responses"))
            .ShouldBe("web|1|2026-11-23|f|t|q1,q2,q3,q4,q5,q6");
        (await Scalar<int>("select count(*) from participation.v1_responses r join participation.v1_answers a using (consultation_id, response_id) where r.reference ~ '^[0-9A-Z]{12}$'")).ShouldBe(7);
    }

    [Fact]
    public async Task The_published_views_have_the_columns_that_the_contracts_document()
    {
        (await Columns("v1_responses")).ShouldBe(
            "consultation_id uuid, response_id uuid, reference text, questionnaire_version integer, channel text, submitted_at timestamp with time zone, received_on date, late boolean, consent_to_publish boolean, asked text[]");
        (await Columns("v1_answers")).ShouldBe("consultation_id uuid, response_id uuid, question_code text, option_code text, number numeric, date date, text text");
        (await Columns("v2_responses")).ShouldBe(await Columns("v1_responses") + ", answers jsonb");
        (await Columns("v1_given")).ShouldBe("consultation_id uuid, response_id uuid, given text[]");
        (await Columns("v2_given")).ShouldBe("consultation_id uuid, response_id uuid, asked text[], given text[]");
        (await Columns("v3_given")).ShouldBe("consultation_id uuid, response_id uuid, given text[]");
    }

    private Task<string> Columns(string view) => Scalar<string>(
        "select string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) from pg_attribute where attrelid = ('participation.' || $1)::regclass and attnum > 0", view);
}
