using System.Net;
using System.Text.Json;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

public sealed class ConsulteeTests : ConsultationsTest
{
    private static readonly ConsultationDetails Order = SampleConsultation.TrafficOrder(new DateOnly(2027, 1, 11), new DateOnly(2027, 1, 31));

    [Fact]
    public async Task Putting_it_forward_lists_whom_its_regimes_name_and_drops_whom_no_regime_names_any_more()
    {
        var id = await Submitted(Order);
        var before = await Consultees(id);
        await Step(id, Police(before), "notified", "2026-11-23", "By e-mail").Success();

        await PatchConsultation(id, """{"regimes":["road-humps-traffic-calming"]}""", await VersionOfConsultation(id)).Success();

        before.Count.ShouldBe(6);
        var after = await Consultees(id);
        after.Count.ShouldBe(5);
        after.Count(c => c.GetProperty("state").GetString() == "notified").ShouldBe(1);
        (await TimesInHistory(id, "ConsulteesDemanded")).ShouldBe(2);
    }

    [Fact]
    public async Task Each_step_is_on_record_with_its_day_and_whoever_never_answered_stays_listed()
    {
        var id = await Opened(Order);
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(10));
        var police = Police(await Consultees(id));
        using var first = await Step(id, police, "answered", "2027-01-12", "File 12");
        await Step(id, police, "notified", "2027-01-11", "By e-mail").Success();
        using var early = await Step(id, police, "delivered", "2027-01-10");
        using var late = await Step(id, police, "delivered", "2027-01-22");
        await Step(id, police, "delivered", "2027-01-12").Success();
        await Step(id, police, "chased", "2027-01-18").Success();
        await Step(id, police, "chased", "2027-01-20").Success();
        var asked = (await Writer.GetAsync(Of(id, "consultees?neverAnswered=true")).Success()).GetProperty("consultees").EnumerateArray().ShouldHaveSingleItem();
        using var noReference = await Step(id, police, "answered", "2027-01-21");
        await Step(id, police, "nil-return", "2027-01-21").Success();
        using var after = await Step(id, police, "chased", "2027-01-21");

        (await first.ProblemCode()).ShouldBe("consultee-not-notified");
        (await early.ProblemCode()).ShouldBe("consultee-day-before-notice");
        (await late.ProblemCode()).ShouldBe("consultee-day-in-future");
        noReference.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await after.ProblemCode()).ShouldBe("consultee-answered");
        asked.GetProperty("state").GetString().ShouldBe("delivered");
        asked.GetProperty("chasedOn").GetArrayLength().ShouldBe(2);
        var answered = (await Writer.GetAsync(Of(id, "consultees")).Success());
        answered.GetProperty("neverAnswered").GetInt32().ShouldBe(0);
        answered.GetProperty("consultees").EnumerateArray().Single(c => c.GetProperty("id").GetGuid() == police).GetProperty("state").GetString().ShouldBe("nil-return");
        (await TimesInHistory(id, "ConsulteeRecorded")).ShouldBe(5);
    }

    [Fact]
    public async Task A_contact_is_encrypted_shown_to_those_who_write_and_in_no_history()
    {
        var id = await Submitted(Order);
        var added = await Post(Writer, id, "consultees", new { name = "Sapcote Parish Council", contact = "Pat Clerk, clerk@sapcote.example" }).Success();
        var parish = added.GetProperty("consultees").EnumerateArray().Single(c => c.GetProperty("name").GetString() == "Sapcote Parish Council").GetProperty("id").GetGuid();
        await SendJson(Writer, HttpMethod.Put, Of(id, $"consultees/{parish}"), """{"name":"Sapcote Parish Council","contact":"Sam Clerk"}""", added.GetProperty("version").GetInt32(), "application/json").Success();

        (await Writer.GetAsync(Of(id, $"consultees/{parish}/contact")).Success()).GetProperty("contact").GetString().ShouldBe("Sam Clerk");
        using var refused = await Checker.GetAsync(Of(id, $"consultees/{parish}/contact"));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var list = await Checker.GetAsync(Of(id, "consultees"));
        (await list.Content.ReadAsStringAsync()).ShouldNotContain("Clerk");
        (await Scalar<bool>("select bool_or(data::text like '%Clerk%' or data::text like '%Sapcote%') from consultations.history where aggregate_id = $1", id)).ShouldBeFalse();
        (await Scalar<bool>("select bool_or(position('Clerk'::bytea in contact) > 0) from consultations.consultee where contact is not null")).ShouldBeFalse();
    }

    [Fact]
    public async Task Whom_nobody_here_is_meant_by_is_set_aside_with_a_reason_before_they_are_notified()
    {
        var id = await Submitted(Order);
        var all = await Consultees(id);
        var hauliers = all.Single(c => c.GetProperty("name").GetString()!.StartsWith("Road Haulage", StringComparison.Ordinal)).GetProperty("id").GetGuid();
        await Post(Writer, id, $"consultees/{hauliers}/setting-aside", new { reason = "No goods vehicles are affected." }).Success();
        await Step(id, Police(all), "notified", "2026-11-23", "By e-mail").Success();

        using var notified = await Post(Writer, id, $"consultees/{Police(all)}/setting-aside", new { reason = "None." });
        using var aside = await Step(id, hauliers, "notified", "2026-11-23", "By e-mail");

        (await notified.ProblemCode()).ShouldBe("consultee-notified");
        (await aside.ProblemCode()).ShouldBe("consultee-set-aside");
        (await TimesInHistory(id, "ConsulteeSetAside")).ShouldBe(1);
    }

    [Fact]
    public async Task The_clock_reminds_once_of_each_notice_of_whom_nobody_notified_and_of_who_has_not_answered()
    {
        var id = await Scheduled(Order);
        await RemindersAt(SampleConsultation.OpensAt.AddDays(-8), soon: 0, overdue: 0, notNotified: 0, unanswered: 0);
        await RemindersAt(SampleConsultation.OpensAt.AddDays(-7), soon: 3, overdue: 0, notNotified: 0, unanswered: 0);
        await RemindersAt(SampleConsultation.OpensAt.AddDays(-1), soon: 3, overdue: 0, notNotified: 0, unanswered: 0);
        Clock.MoveTo(SampleConsultation.OpensAt);
        await RunJob<OpenDueConsultationsJob>();
        await RemindersAt(SampleConsultation.OpensAt, soon: 3, overdue: 0, notNotified: 1, unanswered: 0);
        await Step(id, Police(await Consultees(id)), "notified", "2027-01-11", "By e-mail").Success();
        await RemindersAt(SampleConsultation.OpensAt.AddDays(1), soon: 3, overdue: 3, notNotified: 1, unanswered: 0);
        var closesAt = SampleConsultation.OpensAt.AddDays(21);
        await RemindersAt(closesAt.AddDays(-7).AddMicroseconds(-1), soon: 3, overdue: 3, notNotified: 1, unanswered: 0);
        await RemindersAt(closesAt.AddDays(-7), soon: 3, overdue: 3, notNotified: 1, unanswered: 1);
        await RemindersAt(closesAt.AddDays(-1), soon: 3, overdue: 3, notNotified: 1, unanswered: 1);
    }

    [Fact]
    public async Task My_work_lists_what_is_to_be_published_whom_to_notify_and_what_closes_too_early()
    {
        var id = await Opened(Order);
        Clock.MoveTo(SampleConsultation.OpensAt.AddDays(2).AddHours(9));
        using var officer = await App.OfficerPagesAsync("officer");
        var before = await officer.Open("/admin");
        var notice = (await Writer.GetAsync(Of(id, "notices")).Success()).GetProperty("notices").EnumerateArray()
            .Single(n => n.GetProperty("what").GetString()!.StartsWith("newspaper circulating", StringComparison.Ordinal)).GetProperty("id").GetGuid();
        await Post(Writer, id, $"notices/{notice}/publication", new { publishedOn = "2027-01-13", where = "Mercury", page = "https://www.council.example/1" }).Success();
        var after = await officer.Open("/admin");
        var overview = await officer.Open($"/admin/consultations/{id}");

        before.Main.ShouldContain("Publish a notice");
        before.Main.ShouldContain("newspaper circulating in the area");
        before.Main.ShouldContain("Not on record as notified: 6");
        before.Main.ShouldNotContain("Extend what closes too early");
        after.Main.ShouldContain("Extend what closes too early");
        after.Main.ShouldContain("the earliest lawful last day is Tuesday 2 February 2027");
        overview.Main.ShouldContain("A notice was published later than planned, so this closes 2 days too early.");
        overview.Document.QuerySelector($"a[href='/admin/consultations/{id}/extend?lastDay=2027-02-02']").ShouldNotBeNull();
    }

    private static Guid Police(List<JsonElement> consultees) =>
        consultees.Single(c => c.GetProperty("name").GetString()!.StartsWith("chief officer of police", StringComparison.Ordinal)).GetProperty("id").GetGuid();

    private async Task RemindersAt(DateTimeOffset instant, int soon, int overdue, int notNotified, int unanswered)
    {
        Clock.MoveTo(instant);
        await RunJob<RemindOfNoticesJob>();
        (await Count("notice-due-soon")).ShouldBe(soon);
        (await Count("notice-overdue")).ShouldBe(overdue);
        (await Count("consultees-not-notified")).ShouldBe(notNotified);
        (await Count("consultees-unanswered")).ShouldBe(unanswered);
    }

    private Task<int> Count(string kind) => Scalar<int>("select count(*) from platform.notification where kind = $1", kind);

    private async Task<List<JsonElement>> Consultees(Guid id) => [.. (await Writer.GetAsync(Of(id, "consultees")).Success()).GetProperty("consultees").EnumerateArray()];

    private Task<HttpResponseMessage> Step(Guid id, Guid consultee, string step, string on, string? note = null) =>
        Post(Writer, id, $"consultees/{consultee}/steps", new { step, on, note });
}
