using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Drafts;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Application.Responses;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Infrastructure.Jobs;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Participation;

public sealed class DraftTests : ParticipationTest
{
    private const string Words = "Open the reading room on Sundays";

    [Fact]
    [Trait("Attack", "E04")]
    public async Task A_draft_counts_nowhere_until_it_is_sent_and_is_sent_once_however_often_somebody_tries()
    {
        var saved = await Save(null, ("q1", "yes"), ("q3", Words));
        (await Stored()).ShouldBe(0);
        (await Show(saved.Code)).Draft!.Answers["q3"].Text.ShouldBe(Words);
        (await Scalar<string>("select encode(content, 'escape') from participation.draft")).ShouldNotContain("Sundays");

        var sent = await Task.WhenAll(Send(saved.Code), Send(saved.Code));
        var again = await Send(saved.Code);

        sent.Append(again).ShouldAllBe(r => r.Outcome == SendDraftOutcome.Sent);
        (await Stored()).ShouldBe(1);
        var draft = (await Show(saved.Code)).Draft!;
        draft.Answers.ShouldBeEmpty("the words are in the response now, and in the draft no more");
        var own = await Send(new ShowReceipt(draft.Receipt));
        own.Answers["q3"].Text.ShouldBe(Words);
        (await Save(saved.Code, ("q1", "no"))).IsSent.ShouldBeTrue();
        (await Send(new ShowReceipt(draft.Receipt))).Answers["q1"].Text.ShouldBe("yes");
        App.Log.Lines.ShouldNotContain(l => l.Contains("Sundays", StringComparison.Ordinal) || l.Contains(saved.Code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_what_was_typed_also_where_it_needs_correcting_and_takes_back_what_was_emptied()
    {
        var saved = await Save(null, ("q3", new string('x', 101)), ("q4", "a few"), ("q5", "31/2/2026"));

        saved.Journey.Pages.ShouldHaveSingleItem().Problems.Select(p => p.Question).ShouldBe(["q1", "q3", "q4", "q5"]);
        (await Send(saved.Code)).Outcome.ShouldBe(SendDraftOutcome.Incomplete);
        var emptied = await Save(saved.Code, ("q1", "no"), ("q3", null), ("q4", null), ("q5", null));

        emptied.Code.ShouldBe(saved.Code);
        emptied.Journey.FirstIncomplete.ShouldBeNull();
        (await Show(saved.Code)).Draft!.Answers.Keys.ShouldBe(["q1"]);
    }

    [Fact]
    public async Task Pages_that_are_saved_at_once_in_several_windows_are_all_kept()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;

        await Task.WhenAll(Save(code, ("q3", Words)), Save(code, ("q4", "4")), Save(code, ("q5", "2026-11-20")), Save(code, ("q6", "5")));

        (await Show(code)).Draft!.Answers.Keys.ShouldBe(["q1", "q3", "q4", "q5", "q6"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_written_after_it_became_a_response_and_before_that_was_noted_changes_that_response()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        var key = DraftCode.IdempotencyKey(code, App.Services.GetRequiredService<MasterKey>());
        var first = await App.SendAsync(
            new SubmitResponse(Consultation.Slug, key, Clock.Now, new Dictionary<string, AnswerValue?>(StringComparer.Ordinal) { ["q1"] = AnswerValue.Of("yes") }), Actor.Anyone, []);
        await Save(code, ("q3", Words));

        (await Send(code)).Outcome.ShouldBe(SendDraftOutcome.Sent);

        (await Stored()).ShouldBe(1);
        var own = await Send(new ShowReceipt((await Show(code)).Draft!.Receipt));
        (own.Reference, own.Version, own.Answers["q3"].Text).ShouldBe((first.Reference, 2, Words));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ada@example.org")]
    public async Task Is_sent_by_the_transaction_that_stores_its_response(string? email)
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        await Send(new SaveDraftDetails(Consultation.Slug, code, Clock.Now, OnBehalfOf: null, ConsentToPublish: false, email));

        (await Send(code)).Outcome.ShouldBe(SendDraftOutcome.Sent);

        (await Scalar<bool>("select d.xmin = r.xmin and d.version = 3 and d.sent_at = r.submitted_at from participation.draft d, participation.response r")).ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_somebody_holds_at_the_moment_holds_up_no_response()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        await using var owner = NpgsqlDataSource.Create(ConnectionString);
        await using var connection = await owner.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select from participation.draft for update", connection, transaction))
        {
            await hold.ExecuteNonQueryAsync();
        }

        var sending = Send(code);
        while (await Stored() == 0)
        {
            sending.IsCompleted.ShouldBeFalse("it must wait for the draft, or this proves nothing");
        }

        await transaction.CommitAsync();
        (await sending).Outcome.ShouldBe(SendDraftOutcome.Sent);
        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task A_code_opens_its_own_draft_only_however_it_is_written()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        var other = await OpenConsultation();

        (await Show($" {code[..4].ToLowerInvariant()}-{code[4..]} ")).Draft.ShouldNotBeNull();
        (await Send(new ShowResponding(other.Slug, code))).Draft.ShouldBeNull();
        (await Show(code[..27] + (code[27] == '0' ? '1' : '0'))).Draft.ShouldBeNull();
        (await Show("not a code")).Draft.ShouldBeNull();
        (await Send(new DeleteDraft(other.Slug, code))).ShouldBe(MediatR.Unit.Value);
        (await Show(code)).Draft.ShouldNotBeNull("a code of another consultation deletes nothing");
        await Send(new DeleteDraft(Consultation.Slug, code));
        (await Show(code)).Draft.ShouldBeNull();
    }

    /// <summary>Nobody has analysed the table of a test. Without figures one index is as good as another to the database, and the one of the consultation leads to all its drafts.</summary>
    [Fact]
    public async Task Is_found_by_its_code_also_where_the_database_knows_nothing_of_the_table_and_changes_without_touching_an_index()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        var hash = DraftCode.Hash(DraftCode.Read(code)!, App.Services.GetRequiredService<MasterKey>());

        // As it is found and kept, in a session whose own counts can be looked at.
        await using var connection = await App.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var find = new NpgsqlCommand(DraftStore.Select, connection) { Parameters = { new() { Value = hash } } };
        (await find.ExecuteScalarAsync()).ShouldNotBeNull();
        await using var keep = new NpgsqlCommand("update participation.draft set version = version + 1, content = content || '\\x00'::bytea, changed_at = now()", connection);
        (await keep.ExecuteNonQueryAsync()).ShouldBe(1);
        await using var counts = new NpgsqlCommand(
            """
            select (select n_tup_hot_upd from pg_stat_xact_user_tables where schemaname = 'participation' and relname = 'draft'),
                   pg_stat_get_xact_numscans('participation.draft_code'::regclass), pg_stat_get_xact_numscans('participation.draft_of_consultation'::regclass)
            """,
            connection);
        await using var reader = await counts.ExecuteReaderAsync();
        await reader.ReadAsync();
        (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task What_arrives_before_the_closing_instant_is_taken_and_what_arrives_at_it_is_kept_but_not_counted()
    {
        var punctual = (await Save(null, ("q1", "yes"))).Code;
        var late = (await Save(null, ("q1", "no"), ("q3", Words))).Code;
        Clock.MoveTo(ClosesAt.AddMicroseconds(-1));
        (await Send(punctual)).Outcome.ShouldBe(SendDraftOutcome.Sent);

        Clock.MoveTo(ClosesAt);
        (await Send(late)).Outcome.ShouldBe(SendDraftOutcome.TooLate);
        Clock.MoveTo(ClosesAt.AddSeconds(5));
        (await Send(late)).Outcome.ShouldBe(SendDraftOutcome.TooLate);

        (await Stored()).ShouldBe(1);
        var view = await Show(late);
        view.State.ShouldBe(RespondingState.Closed);
        view.Draft!.LateAt.ShouldBe(ClosesAt, "the first attempt is the one that is shown");
        view.Draft.Answers["q3"].Text.ShouldBe(Words);
        var typed = await Save(null, ("q3", "Typed while it closed"));
        typed.State.ShouldBe(RespondingState.Closed);
        (await Show(typed.Code)).Draft!.Answers["q3"].Text.ShouldBe("Typed while it closed");
    }

    [Fact]
    public async Task What_arrived_in_time_is_taken_though_it_is_handled_after_the_closing_instant()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        Clock.MoveTo(ClosesAt.AddSeconds(3));

        (await Send(new SendDraft(Consultation.Slug, code, ClosesAt.AddMicroseconds(-1)))).Outcome.ShouldBe(SendDraftOutcome.Sent);

        (await Stored()).ShouldBe(1);
    }

    [Fact]
    public async Task Is_kept_until_some_days_after_the_close_and_a_tick_longer_by_nobody()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;
        var end = ClosesAt.AddDays(7);
        (await Show(code)).Draft!.KeptUntil.ShouldBe(end);
        Clock.MoveTo(end.AddMicroseconds(-1));
        await RunJob<RemoveExpiredDraftsJob>();
        (await Show(code)).Draft.ShouldNotBeNull();

        Clock.MoveTo(end);
        (await Show(code)).Draft.ShouldBeNull("the clock decides, not the job");
        (await Scalar<int>("select count(*) from participation.draft")).ShouldBe(1);
        await RunJob<RemoveExpiredDraftsJob>();

        (await Scalar<int>("select count(*) from participation.draft")).ShouldBe(0);
    }

    [Fact]
    public async Task Is_kept_for_thirty_days_after_its_last_change_where_the_close_is_far()
    {
        Consultation.ClosesAt.ShouldBe(ClosesAt);
        await Extend(ClosesAt.AddDays(90));
        var code = (await Save(null, ("q1", "yes"))).Code;
        Clock.Advance(TimeSpan.FromDays(10));
        await Save(code, ("q1", "no"));
        var end = Clock.Now.AddDays(30);
        (await Show(code)).Draft!.KeptUntil.ShouldBe(end);

        Clock.MoveTo(end.AddMicroseconds(-1));
        await RunJob<RemoveExpiredDraftsJob>();
        (await Show(code)).Draft.ShouldNotBeNull();
        Clock.MoveTo(end);
        (await Show(code)).Draft.ShouldBeNull();
        await RunJob<RemoveExpiredDraftsJob>();
        (await Scalar<int>("select count(*) from participation.draft")).ShouldBe(0);
    }

    [Fact]
    public async Task Goes_on_with_a_new_version_of_the_questions_and_says_so()
    {
        var code = (await Save(null, ("q1", "yes"), ("q3", Words))).Code;
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Scheduled, QuestionnaireVersion = null });
        await Publish(new ConsultationApprovalLapsedV1(Guid.CreateVersion7(), Consultation.Id, "The title changed.", Clock.Now));
        (await Show(code)).State.ShouldBe(RespondingState.Paused);
        (await Send(code)).Outcome.ShouldBe(SendDraftOutcome.NotTaken);
        var page = Questions.Pages[0];
        var etag = (await Send(new ShowQuestionnaire(Consultation.Id))).ETag;
        var version = (await Send(new ReviseQuestionnaire(
            Consultation.Id, new QuestionnaireContent([page with { Questions = [page.Questions[0], new Question("q9", QuestionType.ShortText, "Why?", Required: true)] }]), etag))).Version;
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Open, QuestionnaireVersion = version });

        var view = await Show(code);

        view.Draft!.QuestionsChanged.ShouldBeTrue();
        view.Journey!.Pages.ShouldHaveSingleItem().Questions.ShouldBe(["q1", "q9"]);
        view.Journey.FirstIncomplete.ShouldBe(1);
        await Save(code, ("q1", "yes"), ("q9", "Because"));
        (await Show(code)).Draft!.QuestionsChanged.ShouldBeFalse();
        (await Send(code)).Outcome.ShouldBe(SendDraftOutcome.Sent);
    }

    [Fact]
    public async Task Changes_a_response_unless_it_was_changed_elsewhere_since()
    {
        var receipt = await Respond();
        var first = await Send(new ChangeOwnResponse(receipt.Secret, Clock.Now));
        var second = await Send(new ChangeOwnResponse(receipt.Secret, Clock.Now));
        (await Show(first.Code)).Draft!.Answers["q1"].Text.ShouldBe("yes");
        await Save(first.Code, ("q1", "no"));
        await Save(second.Code, ("q1", "yes"), ("q3", Words));

        (await Send(first.Code)).Outcome.ShouldBe(SendDraftOutcome.Sent);
        (await Send(first.Code)).Outcome.ShouldBe(SendDraftOutcome.Sent);
        (await Send(second.Code)).Outcome.ShouldBe(SendDraftOutcome.ChangedElsewhere);

        (await Stored()).ShouldBe(1);
        var own = await Send(new ShowReceipt(receipt.Secret));
        own.Answers["q1"].Text.ShouldBe("no");
        own.Version.ShouldBe(2);
        (await Show(first.Code)).Draft!.Receipt.ShouldBe(receipt.Secret);
        (await Show(second.Code)).Draft!.Answers["q3"].Text.ShouldBe(Words, "nobody loses words");
    }

    [Fact]
    public async Task Sends_the_link_a_few_times_and_keeps_no_address()
    {
        var code = (await Save(null, ("q1", "yes"))).Code;

        for (var time = 1; time <= 3; time++)
        {
            (await Send(new SendDraftLink(Consultation.Slug, code, "Resident@example.org", Remind: false))).ShouldBe(SendDraftLinkResult.Sent);
        }

        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new SendDraftLink(Consultation.Slug, code, "resident@example.org", Remind: false)))).Code.ShouldBe("too-many-links");
        var other = (await Save(null, ("q1", "yes"))).Code;
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new SendDraftLink(Consultation.Slug, other, "resident@example.org", Remind: false)))).Code.ShouldBe("too-many-links");
        (await Send(new SendDraftLink(Consultation.Slug, "0000000000000000000000000000", "resident@example.org", Remind: false))).ShouldBe(SendDraftLinkResult.NotFound);
        (await Scalar<int>("select count(*) from platform.notification where kind = 'draft-link'")).ShouldBe(3);
        (await Scalar<int>("select count(*) from participation.draft where reminder is not null")).ShouldBe(0);
        (await Scalar<int>("select count(*) from participation.contact")).ShouldBe(0);
        var message = await Message("draft-link");
        message.Body.ShouldContain($"/consultations/{Consultation.Slug}/respond/return?code={code}");
        message.Subject.ShouldContain(Consultation.Title);
    }

    [Fact]
    public async Task Reminds_once_two_days_before_the_close_if_asked_and_forgets_the_address()
    {
        await Extend(ClosesAt.AddDays(10));
        var due = ClosesAt.AddDays(8);
        var code = (await Save(null, ("q1", "yes"))).Code;
        await Send(new SendDraftLink(Consultation.Slug, code, "resident@example.org", Remind: true));
        (await Scalar<string>("select encode(reminder, 'escape') from participation.draft")).ShouldNotContain("resident");

        Clock.MoveTo(due.AddMicroseconds(-1));
        await RunJob<RemindOfDraftsJob>();
        (await Reminders()).ShouldBe(0);
        Clock.MoveTo(due);
        await RunJob<RemindOfDraftsJob>();
        await RunJob<RemindOfDraftsJob>();

        (await Reminders()).ShouldBe(1);
        (await Message("draft-reminder")).Body.ShouldContain(code);
        (await Scalar<int>("select count(*) from participation.draft where reminder is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task Reminds_nobody_who_has_sent_it()
    {
        await Extend(ClosesAt.AddDays(10));
        var code = (await Save(null, ("q1", "yes"))).Code;
        await Send(new SendDraftLink(Consultation.Slug, code, "resident@example.org", Remind: true));
        await Send(code);

        Clock.MoveTo(ClosesAt.AddDays(9));
        await RunJob<RemindOfDraftsJob>();

        (await Reminders()).ShouldBe(0);
    }

    private Task<SavedDraft> Save(string? code, params (string Question, string? Answer)[] answers) => Send(new SaveDraft(
        Consultation.Slug, code, Clock.Now, Page: 1, [.. answers.Select(a => a.Question)],
        answers.ToDictionary(a => a.Question, a => a.Answer is null ? null : AnswerValue.Of(a.Answer), StringComparer.Ordinal)));

    private Task<RespondingView> Show(string code) => Send(new ShowResponding(Consultation.Slug, code));

    /// <summary>As anybody would who is not signed in.</summary>
    private Task<SendDraftResult> Send(string code) => App.SendAsync(new SendDraft(Consultation.Slug, code, Clock.Now), Actor.Anyone, []);

    private async Task Extend(DateTimeOffset closesAt)
    {
        Neighbours.Change(Consultation.Id, f => f with { ClosesAt = closesAt });
        await Publish(new ConsultationExtendedV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, closesAt, "More time.", Clock.Now));
    }

    private Task<int> Reminders() => Scalar<int>("select count(*) from platform.notification where kind = 'draft-reminder'");

    private async Task<NotificationContent> Message(string kind)
    {
        await using var scope = App.Services.CreateAsyncScope();
        var notification = await scope.ServiceProvider.GetRequiredService<ParticipationDbContext>().Notifications.AsNoTracking().FirstAsync(n => n.Kind == kind);
        return System.Text.Json.JsonSerializer.Deserialize<NotificationContent>(
            Encoding.UTF8.GetString(App.Services.GetRequiredService<MasterKey>().Decrypt("notification", notification.Content)))!;
    }
}
