using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>The council's calendar in the database, and what a change of it means for timetables that were recorded.</summary>
public sealed class CalendarTests : ConsultationsTest
{
    private static readonly DateOnly Opens = new(2027, 1, 11);

    /// <summary>21 days beginning with the site notice, public holidays left out: 31 January 2027 is the law's minimum.</summary>
    private static readonly ConsultationDetails Planning = SampleConsultation.Details with
    {
        Title = "A new library in Oakham Road",
        Regimes = ["planning-application-publicity"],
        Inputs = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["site_notice"] = JsonSerializer.SerializeToElement(Opens) },
        Opens = new UkMoment(Opens),
        Closes = new UkMoment(new DateOnly(2027, 1, 31)),
    };

    private HttpClient Administrator { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Administrator = await Client("administration:write", "consultations:read");
    }

    public override async Task DisposeAsync()
    {
        Administrator.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_late_holiday_that_moves_a_published_timetable_is_found_and_shown_and_never_applied()
    {
        var id = await Scheduled(Planning);
        var before = (await Writer.GetAsync(Of(id, "timetable")).Success()).ToString();

        var change = await Record(Funeral()).Success();

        var moved = change.GetProperty("moved").EnumerateArray().ShouldHaveSingleItem();
        moved.GetProperty("id").GetGuid().ShouldBe(id);
        moved.GetProperty("stillLawful").GetBoolean().ShouldBeFalse();
        moved.GetProperty("problem").GetString()!.ShouldContain("1 day too early");
        moved.GetProperty("causes")[0].GetString().ShouldBe("State funeral, Wednesday 20 January 2027");
        var date = moved.GetProperty("dates").EnumerateArray().First(d => d.GetProperty("before").GetString() == "2027-01-31");
        date.GetProperty("after").GetString().ShouldBe("2027-02-01");
        (await Writer.GetAsync(Of(id, "timetable")).Success()).ToString().ShouldBe(before);
        (await StatusOf(id)).ShouldBe("scheduled");
        (await Messages()).ShouldBe(1);
        (await TimesInHistory(id, "TimetableFoundMoved")).ShouldBe(1);

        // The job looks once more and finds nothing new; nobody is told twice.
        await RunJob<CheckTimetablesJob>();
        (await Messages()).ShouldBe(1);
        using var unlawful = await Post(Writer, id, "timetable/takeover", null, await VersionOfConsultation(id));
        (await unlawful.ProblemCode()).ShouldBe("timetable-unlawful");
    }

    [Fact]
    public async Task Withdrawing_the_entry_takes_the_move_back_and_keeps_the_entry_on_record()
    {
        var id = await Scheduled(Planning);
        var entry = (await Record(Funeral()).Success()).GetProperty("entry").GetProperty("id").GetGuid();

        var change = await Withdraw(entry, "It was proclaimed for another day.").Success();

        change.GetProperty("moved").GetArrayLength().ShouldBe(0);
        change.GetProperty("entry").GetProperty("withdrawalReason").GetString().ShouldBe("It was proclaimed for another day.");
        (await Moves(id)).ValueKind.ShouldBe(JsonValueKind.Null);
        (await Entries("")).ShouldBe(0);
        (await Entries("?withdrawn=true")).ShouldBe(1);
        (await Scalar<long>("select count(*) from consultations.history where aggregate_id = $1", entry)).ShouldBe(2);
        using var again = await Withdraw(entry, "Again.");
        (await again.ProblemCode()).ShouldBe("already-withdrawn");
        using var silent = await Withdraw(entry, null);
        silent.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var unknown = await Withdraw(Guid.CreateVersion7(), "Why not.");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        // Recorded anew it counts again.
        await Record(Funeral()).Success();
        (await Moves(id)).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task Dates_that_stay_lawful_are_taken_over_by_an_officer_and_then_nothing_is_moved()
    {
        var id = await Scheduled(Planning with { Closes = new UkMoment(new DateOnly(2027, 2, 14)) });
        await Record(Funeral()).Success();
        (await Moves(id)).GetProperty("stillLawful").GetBoolean().ShouldBeTrue();
        (await Messages()).ShouldBe(1);

        await Post(Writer, id, "timetable/takeover", null, await VersionOfConsultation(id)).Success();

        (await Moves(id)).ValueKind.ShouldBe(JsonValueKind.Null);
        (await Writer.GetAsync(Of(id, "timetable")).Success()).GetProperty("timetable").GetProperty("earliestLawfulClose").GetString().ShouldBe("2027-02-01");
        (await StatusOf(id)).ShouldBe("scheduled");
        (await TimesInHistory(id, "TimetableTakenOver")).ShouldBe(1);
        await RunJob<CheckTimetablesJob>();
        (await Moves(id)).ValueKind.ShouldBe(JsonValueKind.Null);
        using var checker = await Post(Checker, id, "timetable/takeover", null, await VersionOfConsultation(id));
        checker.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var stale = await Post(Writer, id, "timetable/takeover", null, 1);
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var draft = await Post(Writer, await Drafted(), "timetable/takeover", null, 1);
        (await draft.ProblemCode()).ShouldBe("cannot-take-over");
    }

    [Fact]
    public async Task A_timetable_that_leaves_no_holidays_out_is_left_alone()
    {
        var id = await Scheduled(SampleConsultation.TrafficOrder(Opens, new(2027, 2, 14)));

        (await Record(Funeral()).Success()).GetProperty("moved").GetArrayLength().ShouldBe(0);

        (await Moves(id)).ValueKind.ShouldBe(JsonValueKind.Null);
        (await Messages()).ShouldBe(0);
    }

    [Fact]
    public async Task A_timetable_that_was_being_changed_meanwhile_is_looked_at_by_the_job()
    {
        var id = await Scheduled(Planning);
        await Record(Funeral()).Success();
        await AsAdministrator("delete from consultations.timetable_check");
        await AsAdministrator("delete from platform.notification where kind = 'timetable-moved'");

        await RunJob<CheckTimetablesJob>();

        (await Moves(id)).GetProperty("dates").GetArrayLength().ShouldBeGreaterThan(0);
        (await Messages()).ShouldBe(1);
    }

    [Fact]
    public async Task A_calculation_takes_what_was_recorded_at_once_in_every_process()
    {
        var body = new { regimes = new[] { "planning-application-publicity" }, inputs = new { site_notice = "2027-01-11" } };
        (await Writer.PostAsJsonAsync("/api/v1/timetables", body).Success()).GetProperty("earliestLawfulClose").GetString().ShouldBe("2027-01-31");

        await Record(Funeral()).Success();

        (await Writer.PostAsJsonAsync("/api/v1/timetables", body).Success()).GetProperty("earliestLawfulClose").GetString().ShouldBe("2027-02-01");
        await using var other = await RunningApplication.StartAsync(ConnectionString, Clock);
        using var client = await other.ClientAsync("consultations:read");
        (await client.PostAsJsonAsync("/api/v1/timetables", body).Success()).GetProperty("earliestLawfulClose").GetString().ShouldBe("2027-02-01");
    }

    [Fact]
    public async Task A_calculation_costs_one_statement_for_the_calendar()
    {
        await Record(Funeral()).Success();
        var body = new { regimes = new[] { "planning-application-publicity" }, inputs = new { site_notice = "2027-01-11" } };
        await Writer.PostAsJsonAsync("/api/v1/timetables", body).Success();

        using var counter = new StatementCounter();
        await Writer.PostAsJsonAsync("/api/v1/timetables", body).Success();

        counter.Statements.Count(s => s.Contains("calendar_entry", StringComparison.Ordinal)).ShouldBe(1);
        counter.Statements.Count(s => s.Contains("first_day", StringComparison.Ordinal)).ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"kind": "bank-holiday", "title": "Twice", "firstDay": "2026-12-25", "source": "x"}""", 409, "already-a-bank-holiday")]
    [InlineData("""{"kind": "bank-holiday", "title": "Far", "firstDay": "2031-05-01", "source": "x"}""", 409, "holidays-unknown")]
    [InlineData("""{"kind": "closure", "title": "Christmas closing", "firstDay": "2026-12-24", "lastDay": "2026-12-23", "source": "x"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "poll", "title": "County election", "firstDay": "2027-05-06", "lastDay": "2027-05-07", "source": "x"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "poll", "title": "County election", "firstDay": "2027-05-06", "noticeOn": "2027-05-06", "source": "x"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "closure", "title": "Closed", "firstDay": "2027-05-06", "noticeOn": "2027-05-01", "source": "x"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "school-break", "title": "Half-term", "firstDay": "2027-02-15", "lastDay": "2027-02-19"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "school-break", "title": "Half-term", "firstDay": "2027-02-15", "source": "x", "sourceAddress": "javascript:alert(1)"}""", 400, "validation-failed")]
    [InlineData("""{"kind": "school-break", "title": "", "firstDay": "2027-02-15", "source": "x"}""", 400, "validation-failed")]
    [InlineData("""{"title": "Nothing", "firstDay": "2027-02-15", "source": "x"}""", 400, "validation-failed")]
    public async Task Refuses_what_cannot_be_recorded(string body, int status, string code)
    {
        using var answer = await Administrator.PostAsync("/api/v1/calendars", Content(body));

        ((int)answer.StatusCode).ShouldBe(status, await answer.Content.ReadAsStringAsync());
        (await answer.ProblemCode()).ShouldBe(code);
        (await Entries("?withdrawn=true")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_administrators_record_and_nothing_is_recorded_twice_or_deleted()
    {
        using var writer = await Writer.PostAsJsonAsync("/api/v1/calendars", Funeral());
        writer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Record(Funeral()).Success();
        using var twice = await Record(Funeral());
        (await twice.ProblemCode()).ShouldBe("already-recorded");
        await Record(new { kind = "closure", title = "Christmas closing", firstDay = "2026-12-24", lastDay = "2026-12-31", source = "Intranet" }).Success();
        using var same = await Record(new { kind = "closure", title = "Closed", firstDay = "2026-12-24", source = "Intranet" });
        (await same.ProblemCode()).ShouldBe("already-recorded");

        var calendars = await Writer.GetAsync("/api/v1/calendars?kind=closure").Success();
        calendars.GetProperty("entries").GetArrayLength().ShouldBe(1);
        calendars.GetProperty("published").GetProperty("lastYear").GetInt32().ShouldBe(2028);
        var entry = calendars.GetProperty("entries")[0].GetProperty("id").GetGuid();
        (await Writer.GetAsync($"/api/v1/calendars/{entry}").Success()).GetProperty("recordedBy").GetString().ShouldStartWith("client:");
        using var deleted = await Administrator.DeleteAsync($"/api/v1/calendars/{entry}");
        deleted.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    private static object Funeral() => new { kind = "bank-holiday", title = "State funeral", firstDay = "2027-01-20", source = "The London Gazette of 8 January 2027", sourceAddress = "https://www.thegazette.co.uk/London" };

    private Task<HttpResponseMessage> Record(object body) => Administrator.PostAsJsonAsync("/api/v1/calendars", body);

    private Task<HttpResponseMessage> Withdraw(Guid entry, string? reason) => Administrator.PostAsJsonAsync($"/api/v1/calendars/{entry}/withdrawal", new { reason });

    private async Task<JsonElement> Moves(Guid id) => (await Writer.GetAsync(Of(id, "timetable/moves")).Success()).GetProperty("moved");

    private async Task<int> Entries(string query) => (await Writer.GetAsync($"/api/v1/calendars{query}").Success()).GetProperty("entries").GetArrayLength();

    private Task<int> Messages() => Scalar<int>("select count(*) from platform.notification where kind = 'timetable-moved'");

}
