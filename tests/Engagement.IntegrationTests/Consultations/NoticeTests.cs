using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>A traffic order counts 21 days from the day on which all of its notices are published: 11 January makes 31 January the earliest last day.</summary>
public sealed class NoticeTests : ConsultationsTest
{
    private const string Newspaper = "newspaper circulating in the area, at least once";

    private static readonly DateOnly Planned = new(2027, 1, 11);
    private static readonly DateOnly Closes = new(2027, 1, 31);
    private static readonly byte[] Cutting = Encoding.ASCII.GetBytes("%PDF-1.7 page 34");

    private static ConsultationDetails OpensAWeekAfterItsNotices => SampleConsultation.TrafficOrder(Planned, Closes) with { Opens = new UkMoment(Planned.AddDays(7)) };

    [Fact]
    public async Task Putting_it_forward_makes_a_task_of_each_notice_that_its_regimes_demand_with_day_law_and_working()
    {
        var id = await Submitted(SampleConsultation.TrafficOrder(Planned, Closes));

        var notices = await Notices(id);
        notices.Count.ShouldBe(4);
        var newspaper = notices.Single(n => What(n) == Newspaper);
        newspaper.GetProperty("dueOn").GetString().ShouldBe("2027-01-11");
        newspaper.GetProperty("citation").GetString().ShouldBe("SI 1996/2489 reg 8");
        newspaper.GetProperty("working").GetString()!.ShouldContain("Monday 11 January 2027 (day on which all publicity requirements have been met)");
        newspaper.GetProperty("state").GetString().ShouldBe("to-do");
        var making = notices.Single(n => What(n) == "Newspaper notice of making and letters to objectors");
        making.GetProperty("dueOn").ValueKind.ShouldBe(JsonValueKind.Null);
        making.GetProperty("working").GetString().ShouldBe("It counts from a date that is not known yet: day on which the order is made.");
        (await TimesInHistory(id, "NoticesDemanded")).ShouldBe(1);
    }

    [Fact]
    public async Task Tasks_follow_a_change_of_dates_and_regimes_and_what_was_published_stays()
    {
        var id = await Submitted(OpensAWeekAfterItsNotices);
        await Publish(id, Newspaper, "2026-11-23");
        await PatchConsultation(id, """{"inputs":{"published":"2027-01-12"},"closes":{"date":"2027-02-07"}}""", await VersionOfConsultation(id)).Success();
        (await Notices(id)).Single(n => What(n).StartsWith("other adequate", StringComparison.Ordinal)).GetProperty("dueOn").GetString().ShouldBe("2027-01-12");

        await PatchConsultation(id, """{"regimes":["pedestrian-crossing"]}""", await VersionOfConsultation(id)).Success();

        var notices = await Notices(id);
        notices.Select(What).ShouldBe(["public notice of the proposal (newspaper and street notice)", Newspaper]);
        notices[1].GetProperty("state").GetString().ShouldBe("published");
        (await TimesInHistory(id, "NoticesDemanded")).ShouldBe(3);
    }

    [Fact]
    public async Task A_notice_published_in_time_with_its_proof_moves_nothing()
    {
        var id = await Scheduled(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt);
        var notice = IdOf((await Notices(id)).Single(n => What(n) == Newspaper));
        await PutProof(id, notice, "Mercury page 34.pdf", "application/pdf", Cutting, "cutting").Success();

        await Publish(id, Newspaper, "2027-01-11", page: null);

        var shown = (await Notices(id)).Single(n => What(n) == Newspaper);
        shown.GetProperty("publishedOn").GetString().ShouldBe("2027-01-11");
        var proof = shown.GetProperty("proofs").EnumerateArray().ShouldHaveSingleItem();
        proof.GetProperty("kind").GetString().ShouldBe("cutting");
        proof.GetProperty("sha256").GetString().ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Cutting)));
        (await Writer.GetByteArrayAsync(Of(id, $"proofs/{proof.GetProperty("id").GetGuid()}"))).ShouldBe(Cutting);
        var effect = await Effect(id);
        effect.GetProperty("moved").GetArrayLength().ShouldBe(0);
        effect.GetProperty("shortByDays").GetInt32().ShouldBe(0);
        (await StatusOf(id)).ShouldBe("scheduled");
        (await TimesInHistory(id, "NoticePublished")).ShouldBe(1);
        (await TimesInHistory(id, "ProofAdded")).ShouldBe(1);
        (await Messages()).ShouldBe(0);
    }

    [Fact]
    public async Task Published_late_before_the_opening_it_cannot_open_and_the_lead_officer_is_told_once()
    {
        var id = await Scheduled(OpensAWeekAfterItsNotices);
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(2).AddHours(9));

        await Publish(id, Newspaper, "2027-01-13");
        await Publish(id, Newspaper, "2027-01-13", reason: "The page number was wrong.");

        (await StatusOf(id)).ShouldBe("draft");
        (await TimesInHistory(id, "ConsultationApprovalLapsed")).ShouldBe(1);
        var gap = (await Writer.GetAsync(Of(id, "readiness")).Success()).GetProperty("checks").EnumerateArray().Single(c => !c.GetProperty("isMet").GetBoolean());
        gap.GetProperty("rule").GetString().ShouldBe("tro-permanent/min_close");
        gap.GetProperty("earliestLawful").GetString().ShouldBe("2027-02-02");
        using var refused = await Post(Writer, id, "schedule", new { goodPracticeReason = "It is urgent." });
        (await Breaches(refused, "timetable-unlawful")).ShouldContain(b => b.GetProperty("rule").GetString() == "tro-permanent/min_close");
        (await Messages()).ShouldBe(1);
        await App.DeliverEventsAsync();
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(7));
        await RunJob<OpenDueConsultationsJob>();
        (await StatusOf(id)).ShouldBe("draft");
    }

    [Fact]
    public async Task Published_late_once_it_is_open_the_earliest_lawful_close_moves_and_an_extension_cures_it()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(4).AddHours(9));

        await Publish(id, Newspaper, "2027-01-15");

        (await StatusOf(id)).ShouldBe("open");
        var effect = await Effect(id);
        effect.GetProperty("dates").GetProperty("published").GetString().ShouldBe("2027-01-15");
        effect.GetProperty("shortByDays").GetInt32().ShouldBe(4);
        effect.GetProperty("curedBy").GetString().ShouldBe("2027-02-04");
        var moved = effect.GetProperty("moved").EnumerateArray().Single(m => m.GetProperty("key").GetString() == "min_close");
        moved.GetProperty("was").GetString().ShouldBe("2027-01-31");
        moved.GetProperty("is").GetString().ShouldBe("2027-02-04");
        (await Recorded(id)).ShouldBe("2027-01-31");
        (await TimesInHistory(id, "EarliestCloseMoved")).ShouldBe(1);
        (await Messages()).ShouldBe(1);

        using var tooShort = await Post(Writer, id, "extension", new { closes = new { date = "2027-02-03" }, publicReason = "The notice was late." });
        (await Breaches(tooShort, "timetable-unlawful")).ShouldHaveSingleItem().GetProperty("earliestLawful").GetString().ShouldBe("2027-02-04");
        await Post(Writer, id, "extension", new { closes = new { date = "2027-02-04" }, publicReason = "The notice was late." }).Success();
        await Post(Checker, id, "extension/approval", null, await VersionOfConsultation(id)).Success();

        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(0);
        (await Recorded(id)).ShouldBe("2027-02-04");
        (await Messages()).ShouldBe(1);
    }

    [Fact]
    public async Task A_day_counts_as_met_only_when_the_last_of_its_notices_is_published()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(2).AddHours(9));
        await Publish(id, Newspaper, "2027-01-11");
        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(0);
        var streets = (await Notices(id)).Single(n => What(n).StartsWith("other adequate", StringComparison.Ordinal));
        await Publish(id, What(streets), "2027-01-13");
        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(2);

        await Publish(id, What(streets), "2027-01-11", reason: "The photograph shows the 11th.");

        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(0);
        (await TimesInHistory(id, "EarliestCloseMoved")).ShouldBe(3);
    }

    [Fact]
    public async Task What_is_set_aside_counts_for_nothing_and_can_be_taken_up_again()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        var notice = IdOf((await Notices(id)).Single(n => What(n).StartsWith("other adequate", StringComparison.Ordinal)));
        using var noReason = await Post(Writer, id, $"notices/{notice}/setting-aside", new { reason = " " });
        using var notAside = await Post(Writer, id, $"notices/{notice}/taking-up", new { });

        await Post(Writer, id, $"notices/{notice}/setting-aside", new { reason = "There is no frontage." }).Success();
        using var published = await PostPublication(id, notice, "2027-01-11", "https://www.council.example/1");
        var aside = (await Notices(id)).Single(n => IdOf(n) == notice);
        await Post(Writer, id, $"notices/{notice}/taking-up", new { }).Success();

        noReason.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await notAside.ProblemCode()).ShouldBe("notice-not-set-aside");
        (await published.ProblemCode()).ShouldBe("notice-not-to-do");
        aside.GetProperty("notApplicableReason").GetString().ShouldBe("There is no frontage.");
        (await Notices(id)).Single(n => IdOf(n) == notice).GetProperty("state").GetString().ShouldBe("to-do");
        (await TimesInHistory(id, "NoticeSetAside")).ShouldBe(1);
        (await TimesInHistory(id, "NoticeTakenUp")).ShouldBe(1);
    }

    [Fact]
    public async Task A_publication_needs_a_proof_a_day_that_has_come_and_a_reason_where_it_is_on_record()
    {
        var id = await Scheduled(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt.AddHours(9));
        var notice = IdOf((await Notices(id)).Single(n => What(n) == Newspaper));

        using var noProof = await PostPublication(id, notice, "2027-01-11", null);
        using var tomorrow = await PostPublication(id, notice, "2027-01-12", "https://www.council.example/1");
        using var noAddress = await PostPublication(id, notice, "2027-01-11", "javascript:alert(1)");
        using var noPlace = await Post(Writer, id, $"notices/{notice}/publication", new { publishedOn = "2027-01-11", where = "", page = "https://www.council.example/1" });
        using var unknown = await PostPublication(id, Guid.CreateVersion7(), "2027-01-11", "https://www.council.example/1");
        using var forbidden = await Post(Checker, id, $"notices/{notice}/publication", new { publishedOn = "2027-01-11", where = "Mercury", page = "https://www.council.example/1" });
        using var notPdf = await PutProof(id, notice, "a.pdf", "application/pdf", "MZ"u8.ToArray(), "cutting");
        await PostPublication(id, notice, "2027-01-11", "https://www.council.example/1").Success();
        using var again = await PostPublication(id, notice, "2027-01-10", null);

        (await noProof.ProblemCode()).ShouldBe("notice-needs-proof");
        (await tomorrow.ProblemCode()).ShouldBe("notice-in-future");
        noAddress.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        noPlace.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        forbidden.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await notPdf.ProblemCode()).ShouldBe("document-type-refused");
        (await again.ProblemCode()).ShouldBe("reason-needed");
        (await TimesInHistory(id, "NoticePublished")).ShouldBe(1);
    }

    [Fact]
    public async Task A_correction_is_a_notice_of_its_own_and_moves_the_close_only_where_time_runs_anew()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(3).AddHours(9));
        var notice = IdOf((await Notices(id)).Single(n => What(n) == Newspaper));
        using var early = await Post(Writer, id, $"notices/{notice}/correction", new { whatWasWrong = "The plan.", restartsTime = true, dueOn = "2027-01-15" });
        await Publish(id, Newspaper, "2027-01-11");
        using var past = await Post(Writer, id, $"notices/{notice}/correction", new { whatWasWrong = "The plan.", restartsTime = true, dueOn = "2027-01-13" });

        await Post(Writer, id, $"notices/{notice}/correction", new { whatWasWrong = "It named the wrong street.", restartsTime = true, dueOn = "2027-01-14" }).Success();
        using var twice = await Post(Writer, id, $"notices/{notice}/correction", new { whatWasWrong = "Once more.", restartsTime = true, dueOn = "2027-01-14" });
        var correction = (await Notices(id)).Single(n => n.GetProperty("corrects").ValueKind == JsonValueKind.String);
        (await Effect(id)).GetProperty("curedBy").GetString().ShouldBe("2027-02-03");
        await PostPublication(id, IdOf(correction), "2027-01-14", "https://www.council.example/2").Success();

        (await early.ProblemCode()).ShouldBe("notice-not-published");
        past.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await twice.ProblemCode()).ShouldBe("correction-under-way");
        correction.GetProperty("corrects").GetGuid().ShouldBe(notice);
        var wrong = (await Notices(id)).Single(n => IdOf(n) == notice);
        wrong.GetProperty("state").GetString().ShouldBe("corrected");
        wrong.GetProperty("correctedBy").GetGuid().ShouldBe(IdOf(correction));
        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(3);
        (await TimesInHistory(id, "NoticeCorrectionBegun")).ShouldBe(1);

        await Post(Writer, id, $"notices/{IdOf(correction)}/correction", new { whatWasWrong = "A name was misspelt.", restartsTime = false, dueOn = "2027-01-20" }).Success();
        (await Effect(id)).GetProperty("curedBy").GetString().ShouldBe("2027-02-03");
    }

    [Fact]
    public async Task A_day_that_no_notice_is_dates_the_notices_that_count_from_it()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(30));
        using var ofNotice = await PutDate(id, "published", "2027-02-08");
        using var future = await PutDate(id, "made", "2027-02-11");
        using var unknown = await PutDate(id, "hearing", "2027-02-08");

        await PutDate(id, "made", "2027-02-08").Success();

        (await ofNotice.ProblemCode()).ShouldBe("date-of-a-notice");
        (await future.ProblemCode()).ShouldBe("date-in-future");
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var making = (await Notices(id)).Single(n => What(n) == "Newspaper notice of making and letters to objectors");
        making.GetProperty("dueOn").GetString().ShouldBe("2027-02-22");
        making.GetProperty("citation").GetString().ShouldBe("SI 1996/2489 reg 17(2)-(3)");
        (await Effect(id)).GetProperty("shortByDays").GetInt32().ShouldBe(0);
        (await TimesInHistory(id, "DateRecorded")).ShouldBe(1);
        (await Messages()).ShouldBe(0);
    }

    private Task<HttpResponseMessage> PutDate(Guid id, string input, string on) =>
        Writer.PutAsync(Of(id, $"dates/{input}"), Content($$"""{"on":"{{on}}"}"""));

    [Fact]
    public async Task Officers_add_and_plan_notices_of_their_own_and_the_law_keeps_its_days()
    {
        var id = await Submitted(SampleConsultation.TrafficOrder(Planned, Closes));

        var added = await Post(Writer, id, "notices", new { what = "Letter to every household", responsible = "Traffic team" }).Success();
        var own = added.GetProperty("notices").EnumerateArray().Single(n => What(n) == "Letter to every household");
        var version = added.GetProperty("version").GetInt32();
        await PutPlan(id, IdOf(own), """{"where":"Church Street","responsible":"Post room","dueOn":"2027-01-08"}""", version).Success();
        using var stale = await PutPlan(id, IdOf(own), """{"where":"High Street"}""", version);
        var newspaper = IdOf((await Notices(id)).Single(n => What(n) == Newspaper));
        using var other = await PutPlan(id, newspaper, """{"where":"Mercury","dueOn":"2027-01-20"}""", version + 1);
        await PutPlan(id, newspaper, """{"where":"Mercury","responsible":"Press office","dueOn":"2027-01-11"}""", version + 1).Success();

        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await other.ProblemCode()).ShouldBe("notice-dated-by-law");
        (await Notices(id)).Single(n => IdOf(n) == IdOf(own)).GetProperty("where").GetString().ShouldBe("Church Street");
        (await TimesInHistory(id, "NoticePlanned")).ShouldBe(2);
        (await Scalar<bool>("select bool_or(data::text like '%Post room%') from consultations.history where aggregate_id = $1", id)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_responded_and_left_an_address_is_told_once_of_a_correction_and_the_public_reads_it()
    {
        var id = await Opened(SampleConsultation.TrafficOrder(Planned, Closes));
        var slug = await SlugOf(id);
        using var answer = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses") { Content = Content("""{"answers":{"q1":"Too narrow."},"email":"resident@example.org"}""") };
        answer.Headers.Add("Idempotency-Key", "told-of-a-correction-0001");
        await Anyone.SendAsync(answer).Success();
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(2).AddHours(9));
        await Publish(id, Newspaper, "2027-01-11");
        var notice = IdOf((await Notices(id)).Single(n => What(n) == Newspaper));
        await Post(Writer, id, $"notices/{notice}/correction", new { whatWasWrong = "It named the wrong street.", restartsTime = false, dueOn = "2027-01-13" }).Success();
        var correction = IdOf((await Notices(id)).Single(n => n.GetProperty("corrects").ValueKind == JsonValueKind.String));
        await App.DeliverEventsAsync();
        await RunJob<TellContactsJob>();
        (await Scalar<int>("select count(*) from platform.notification where kind = 'consultation-corrected'")).ShouldBe(0);

        await PostPublication(id, correction, "2027-01-13", "https://www.council.example/2").Success();
        await Post(Writer, id, $"notices/{correction}/publication", new { publishedOn = "2027-01-13", where = "Mercury, page 5", reason = "The page was another one." }).Success();
        await App.DeliverEventsAsync();
        await RunJob<TellContactsJob>();
        await RunJob<TellContactsJob>();

        (await Scalar<int>("select count(*) from platform.notification where kind = 'consultation-corrected'")).ShouldBe(1);
        (await TimesPublished(id, "ConsultationCorrectedV1")).ShouldBe(1);
        var shown = (await Anyone.GetAsync($"/api/v1/public/consultations/{slug}").Success()).GetProperty("corrections").EnumerateArray().ShouldHaveSingleItem();
        shown.GetProperty("whatWasWrong").GetString().ShouldBe("It named the wrong street.");
    }

    private static string What(JsonElement notice) => notice.GetProperty("what").GetString()!;

    private static Guid IdOf(JsonElement notice) => notice.GetProperty("id").GetGuid();

    private async Task<List<JsonElement>> Notices(Guid id) => [.. (await Writer.GetAsync(Of(id, "notices")).Success()).GetProperty("notices").EnumerateArray()];

    private async Task<JsonElement> Effect(Guid id) => (await Writer.GetAsync(Of(id, "notices")).Success()).GetProperty("effect");

    private async Task<string> Recorded(Guid id) =>
        (await Writer.GetAsync(Of(id, "timetable")).Success()).GetProperty("timetable").GetProperty("earliestLawfulClose").GetString()!;

    private Task<int> Messages() => Scalar<int>("select count(*) from platform.notification where kind = 'notice-moved-close'");

    private async Task Publish(Guid id, string what, string on, string? page = "https://www.council.example/notices/12", string? reason = null)
    {
        var notice = IdOf((await Notices(id)).Single(n => What(n) == what));
        await Post(Writer, id, $"notices/{notice}/publication", new { publishedOn = on, where = "Leicester Mercury", page, reason }).Success();
    }

    private Task<HttpResponseMessage> PostPublication(Guid id, Guid notice, string on, string? page) =>
        Post(Writer, id, $"notices/{notice}/publication", new { publishedOn = on, where = "Leicester Mercury", page });

    private Task<HttpResponseMessage> PutPlan(Guid id, Guid notice, string json, int version) =>
        SendJson(Writer, HttpMethod.Put, Of(id, $"notices/{notice}/plan"), json, version, "application/json");

    private Task<HttpResponseMessage> PutProof(Guid id, Guid notice, string name, string mediaType, byte[] content, string kind)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Of(id, $"notices/{notice}/proofs/{Uri.EscapeDataString(name)}?kind={kind}")) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return Writer.SendAsync(request);
    }
}
