using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;

namespace Engagement.UnitTests.Participation;

public sealed class DraftRulesTests
{
    private static readonly DateTimeOffset Closes = new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero);
    private static readonly MasterKey Key = new(new byte[32]);

    [Theory]
    [InlineData(-40, null, -10)]
    [InlineData(-24, null, 6)]
    [InlineData(-23, null, 7)]
    [InlineData(-1, null, 7)]
    [InlineData(-1, 3, 10)]
    [InlineData(-1, -1, 7)]
    public void A_draft_is_kept_for_thirty_days_and_never_beyond_seven_after_the_close_or_a_later_attempt(int changed, int? late, int until) =>
        DraftLifetime.KeptUntil(Closes.AddDays(changed), late is { } days ? Closes.AddDays(days) : null, Closes, TimeSpan.FromDays(30), TimeSpan.FromDays(7))
            .ShouldBe(Closes.AddDays(until));

    [Fact]
    public void A_code_reads_as_it_is_written_and_leads_to_one_hash_and_one_key()
    {
        var code = DraftCode.New();

        code.ShouldMatch("^[0-9A-HJKMNP-TV-Z]{28}$");
        DraftCode.Show(code).ShouldMatch("^(.{4}-){6}.{4}$");
        DraftCode.Read($" {DraftCode.Show(code).ToLowerInvariant()}\n").ShouldBe(code);
        DraftCode.Read(code[1..]).ShouldBeNull();
        DraftCode.Read(code + "0").ShouldBeNull();
        DraftCode.Read("OIL" + new string('7', 25)).ShouldBe("011" + new string('7', 25));
        DraftCode.Read(null).ShouldBeNull();
        DraftCode.New().ShouldNotBe(code);
        DraftCode.IdempotencyKey(code, Key).ShouldBe(DraftCode.IdempotencyKey(code, Key));
        DraftCode.IdempotencyKey(code, Key).ShouldNotContain(code);
        Convert.ToHexString(DraftCode.Hash(code, Key)).ShouldNotBe(Convert.ToHexString(DraftCode.Hash(DraftCode.New(), Key)));
    }

    [Fact]
    public void What_was_sent_is_written_to_no_more_and_keeps_the_receipt_alone()
    {
        var draft = Draft.Begin(ConsultationId.New(), 1, Words("kept"), DraftCode.New(), Key, Closes);
        draft.AskForReminder("resident@example.org", "code", Key);

        draft.Send(draft.AsSent("receipt", Key, Closes));

        draft.Read(Key).ShouldBe(new DraftContent(Receipt: "receipt"));
        draft.Reminder.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => draft.Write(Words("more"), 1, Key, Closes));
    }

    [Fact]
    public void A_reminder_is_given_out_once()
    {
        var draft = Draft.Begin(ConsultationId.New(), 1, Words("kept"), DraftCode.New(), Key, Closes);
        draft.AskForReminder("resident@example.org", "code", Key);

        draft.TakeReminder(Key).ShouldBe(new DraftReminder("resident@example.org", "code"));
        draft.TakeReminder(Key).ShouldBeNull();
    }

    [Fact]
    public void A_draft_takes_long_answers_and_refuses_what_nobody_could_read()
    {
        Should.NotThrow(() => Words(new string('x', DraftContent.MostBytes - 1_000)).Encrypt(Key, "draft"));
        Should.Throw<RuleBrokenException>(() => Words(new string('x', DraftContent.MostBytes)).Encrypt(Key, "draft")).Code.ShouldBe("draft-too-large");
    }

    [Fact]
    public void A_journey_knows_the_pages_that_are_shown_and_what_they_still_need()
    {
        var yes = new DisplayCondition([new ConditionTerm("q1", ConditionTest.AnyOf, ["yes"])]);
        var content = new QuestionnaireContent(
        [
            new("One", [new Question("q1", QuestionType.Single, "?", Required: true, Options: [new("yes", "Yes"), new("no", "No")])]),
            new("Two", [new Question("q2", QuestionType.ShortText, "?", Required: true)], ShowWhen: yes),
            new("Three", [new Question("q3", QuestionType.ShortText, "?", ShowWhen: yes)]),
            new("Four", [new Question("q4", QuestionType.ShortText, "?")]),
        ]);

        var begun = Journey.Of(content, Answers());
        var without = Journey.Of(content, Answers(("q1", "no"), ("gone", "an earlier version asked this")));
        var with = Journey.Of(content, Answers(("q1", "yes")));

        begun.FirstIncomplete.ShouldBe(1);
        without.Pages.Select(p => p.Number).ShouldBe([1, 4], "a page with no question left on it is no page");
        (without.FirstIncomplete, without.Before(4), without.After(1), without.After(4)).ShouldBe((null, 1, 4, null));
        with.Pages.Select(p => p.Number).ShouldBe([1, 2, 3, 4]);
        (with.FirstIncomplete, with.Before(1), with.After(2)).ShouldBe((2, null, 3));
        with.Find(2)!.Problems.ShouldHaveSingleItem().Question.ShouldBe("q2");
    }

    private static DraftContent Words(string text) => new(Answers(("q1", text)));

    private static Dictionary<string, AnswerValue> Answers(params (string Code, string Text)[] answers) =>
        answers.ToDictionary(a => a.Code, a => AnswerValue.Of(a.Text), StringComparer.Ordinal);
}
