using System.Globalization;
using System.Net;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.ClosingTheLoop.Infrastructure.Jobs;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.ClosingTheLoop;

public sealed class EscalationTests : LoopTest
{
    [Fact]
    public async Task An_outcome_is_overdue_the_day_after_its_due_date_and_not_on_it()
    {
        await Close();

        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)).AddMicroseconds(-1));
        (await Overdue()).ShouldBeEmpty();
        (await PublicOutcome()).GetProperty("daysLate").GetInt32().ShouldBe(0);

        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)));
        var row = (await Writer.GetAsync("/api/v1/outcomes/overdue").Success()).GetProperty("items")[0];
        row.GetProperty("slug").GetString().ShouldBe("library-hours");
        row.GetProperty("daysLate").GetInt32().ShouldBe(1);
        row.GetProperty("owner").GetString().ShouldBe("Sam Patel");
        row.GetProperty("department").GetString().ShouldBe("Culture");
        (await PublicOutcome()).GetProperty("state").GetString().ShouldBe("overdue");
    }

    [Fact]
    public async Task The_list_pages_from_the_longest_overdue_without_repeating_or_skipping()
    {
        for (var i = 0; i < 5; i++)
        {
            var facts = await OpenConsultation($"survey-{i}");
            await Close(facts.Id, DueOn.AddDays(i % 2));
        }

        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(10)));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Writer.GetAsync($"/api/v1/outcomes/overdue?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}").Success();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);

        seen.ShouldBe(["survey-0", "survey-2", "survey-4", "survey-1", "survey-3"]);
    }

    [Fact]
    public async Task The_owner_is_reminded_exactly_once_in_each_week_that_the_outcome_is_late()
    {
        await Close();
        var sentBy = new List<int>();

        // Every six hours from the day before the due date to the end of the third week.
        for (var hours = -24; hours < 24 * 22; hours += 6)
        {
            Clock.MoveTo(UkTime.StartOf(DueOn).AddHours(hours));
            var before = await Reminders();
            await RunJob<RemindOwnersOfOverdueOutcomesJob>();
            await RunJob<RemindOwnersOfOverdueOutcomesJob>();
            if (await Reminders() > before)
            {
                sentBy.Add(hours);
            }
        }

        sentBy.ShouldBe([24, 24 * 8, 24 * 15]);
        (await Reminders()).ShouldBe(3);
        (await Scalar<string>("select string_agg(reference, ' ' order by reference) from platform.notification"))
            .ShouldBe(string.Join(' ', Enumerable.Range(1, 3).Select(week => $"overdue/{Consultation.Id}/2027-02-15/{week}")));
    }

    [Fact]
    public async Task Two_processes_that_remind_at_once_send_one_message()
    {
        await Close();
        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)));

        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            try
            {
                return await Send(new RemindOwner(Consultation.Id));
            }
            catch (Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                return RemindOwnerResult.NothingToDo;
            }
        }));

        results.Count(r => r == RemindOwnerResult.Reminded).ShouldBe(1);
        (await Reminders()).ShouldBe(1);
    }

    [Fact]
    public async Task The_reminder_goes_to_the_lead_officer_and_says_how_late_it_is()
    {
        await Close();
        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(3)));

        await RunJob<RemindOwnersOfOverdueOutcomesJob>();

        var (recipient, content) = await Message();
        recipient.ShouldBe("sam.patel@council.example");
        content.ShouldContain("About library-hours");
        content.ShouldContain("Monday 15 February 2027");
        content.ShouldContain("3 days late");
    }

    [Fact]
    public async Task Publication_ends_the_lateness_and_the_reminders()
    {
        var response = await Respond("Open on Saturdays");
        await Close();
        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)));
        await RunJob<RemindOwnersOfOverdueOutcomesJob>();
        var theme = await AddTheme("Saturdays");
        await Code(response, theme);
        await CompleteCoding();
        await Decide();
        await Write(Answer(theme));
        (await PublishOutcome(Approver)).StatusCode.ShouldBe(HttpStatusCode.OK);

        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(30)));
        await RunJob<RemindOwnersOfOverdueOutcomesJob>();

        (await Reminders()).ShouldBe(1);
        (await Overdue()).ShouldBeEmpty();
        (await PublicOutcome()).GetProperty("state").GetString().ShouldBe("closed");
    }

    [Fact]
    public async Task A_moved_due_date_is_public_with_its_reason_and_counts_from_there()
    {
        await Close();
        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(1)));
        await RunJob<RemindOwnersOfOverdueOutcomesJob>();

        using var byWriter = await Post(Writer, "outcome/due-date", new { dueOn = DueOn.AddDays(20), publicReason = "Scrutiny asked for more." });
        byWriter.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await Post(Approver, "outcome/due-date", new { dueOn = DueOn.AddDays(20), publicReason = "Scrutiny asked for more." }).Success();

        var page = await PublicOutcome();
        page.GetProperty("state").GetString().ShouldBe("awaited");
        page.GetProperty("firstDueOn").GetString().ShouldBe("2027-02-15");
        page.GetProperty("dueOn").GetString().ShouldBe("2027-03-07");
        page.GetProperty("dueDateReason").GetString().ShouldBe("Scrutiny asked for more.");
        Clock.MoveTo(UkTime.StartOf(DueOn.AddDays(21)));
        await RunJob<RemindOwnersOfOverdueOutcomesJob>();
        (await Reminders()).ShouldBe(2);
    }

    [Fact]
    public async Task A_public_promise_is_listed_the_day_after_its_due_date_until_it_is_kept()
    {
        await Close();
        await CompleteCoding();
        await Decide();
        var due = Today.AddDays(30);
        await Put(Writer, "outcome", new
        {
            introduction = "Thank you.",
            commitments = new[] { new { text = "Open on Saturdays", dueOn = due, owner = "Head of Libraries" } },
        }, await Version()).Success();
        (await PublishOutcome(Approver)).Dispose();

        Clock.MoveTo(UkTime.StartOf(due));
        (await OverdueCommitments()).ShouldBeEmpty();
        Clock.MoveTo(UkTime.StartOf(due.AddDays(1)));
        var id = (await OverdueCommitments()).ShouldHaveSingleItem();

        await Put(Writer, $"commitments/{id}", new { status = "done", note = "Open since this Saturday." }, await Version()).Success();

        (await OverdueCommitments()).ShouldBeEmpty();
        var commitment = (await PublicOutcome()).GetProperty("outcome").GetProperty("commitments")[0];
        commitment.GetProperty("status").GetString().ShouldBe("done");
        commitment.GetProperty("progress")[0].GetProperty("note").GetString().ShouldBe("Open since this Saturday.");
    }

    [Fact]
    public async Task A_promise_that_is_given_up_says_why()
    {
        await Close();

        using var answer = await Put(Writer, $"commitments/{Guid.CreateVersion7()}", new { status = "not-done", note = "" }, await Version());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").GetProperty("note")[0].GetString().ShouldBe("Enter why it will not be done");
    }

    private async Task<List<string>> Overdue() =>
        [.. (await Writer.GetAsync("/api/v1/outcomes/overdue").Success()).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()!)];

    private async Task<List<Guid>> OverdueCommitments() =>
        [.. (await Writer.GetAsync("/api/v1/outcomes/commitments/overdue").Success()).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetGuid())];

    private Task<int> Reminders() => Scalar<int>("select count(*) from platform.notification where kind = 'outcome-overdue'");

    private async Task<(string Recipient, string Content)> Message()
    {
        await using var command = App.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select recipient, content from platform.notification");
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        var key = App.Services.GetRequiredService<MasterKey>();
        return (key.DecryptText("notification", (byte[])reader[0]), System.Text.RegularExpressions.Regex.Unescape(key.DecryptText("notification", (byte[])reader[1])));
    }
}
