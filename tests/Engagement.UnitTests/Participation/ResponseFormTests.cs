using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain;

namespace Engagement.UnitTests.Participation;

public sealed class ResponseFormTests
{
    /// <summary>Closes at midnight after 29 March 2026, the day on which London's clocks go forward: 23:00 UTC.</summary>
    private static readonly DateTimeOffset Closes = UkTime.StartOf(new DateOnly(2026, 3, 30));
    private static readonly DateTimeOffset Opens = UkTime.At(new DateOnly(2026, 3, 2), new TimeOnly(9, 0));

    [Fact]
    public void Accepts_from_the_opening_instant_until_before_the_closing_instant()
    {
        var form = Form();

        form.Accepts(Opens.AddTicks(-1)).ShouldBeFalse();
        form.Accepts(Opens).ShouldBeTrue();
        form.Accepts(Closes.AddTicks(-1)).ShouldBeTrue();
        form.Accepts(Closes).ShouldBeFalse();
    }

    [Fact]
    public void Says_when_it_closed_in_the_words_of_the_calendar()
    {
        var refusal = Should.Throw<RuleBrokenException>(() => Form().MustAccept(Closes, "Write to us."));

        refusal.Code.ShouldBe("consultation-closed");
        refusal.Message.ShouldBe("This consultation closed at 11:59pm on Sunday 29 March 2026, so nothing was stored. Write to us.");
        refusal.Facts["closesAt"].ShouldBe(Closes);
        refusal.Facts["opensAt"].ShouldBe(Opens);
    }

    [Fact]
    public void Says_when_it_opens() =>
        Should.Throw<RuleBrokenException>(() => Form().MustAccept(Opens.AddTicks(-1), "")).Message.ShouldContain("You can answer from 09:00 on Monday 2 March 2026");

    [Fact]
    public void A_letter_of_the_last_day_is_in_time_and_one_of_the_day_after_is_late()
    {
        var form = Form();

        form.JudgeArrival(new DateOnly(2026, 3, 29), null).ShouldBe(Arrival.InTime);
        form.JudgeArrival(new DateOnly(2026, 3, 30), null).ShouldBe(Arrival.Late);
        form.JudgeArrival(new DateOnly(2026, 3, 2), null).ShouldBe(Arrival.InTime);
        Should.Throw<RuleBrokenException>(() => form.JudgeArrival(new DateOnly(2026, 3, 1), null)).Code.ShouldBe("consultation-not-open");
    }

    [Fact]
    public void Where_the_deadline_is_at_noon_the_day_counts_in_the_senders_favour_and_the_instant_decides()
    {
        var noon = UkTime.At(new DateOnly(2026, 3, 27), new TimeOnly(12, 0));
        var form = Form(noon);

        form.JudgeArrival(new DateOnly(2026, 3, 27), null).ShouldBe(Arrival.InTime);
        form.JudgeArrival(new DateOnly(2026, 3, 27), noon.AddTicks(-1)).ShouldBe(Arrival.InTime);
        form.JudgeArrival(new DateOnly(2026, 3, 27), noon).ShouldBe(Arrival.Late);
    }

    [Fact]
    public void Seals_at_the_end_of_the_drain_window_and_not_before()
    {
        var form = Form();
        Should.Throw<RuleBrokenException>(() => form.Seal(1, "d", Closes.AddDays(1))).Code.ShouldBe("seal-not-due", "nobody has said when");

        form.StartClosing(Closes.AddMinutes(1), Closes);
        Should.Throw<RuleBrokenException>(() => form.Seal(1, "d", Closes.AddMinutes(1).AddTicks(-1))).Code.ShouldBe("seal-not-due");
        form.Seal(1, "d", Closes.AddMinutes(1));
        form.Seal(2, "e", Closes.AddMinutes(2));

        (form.SealedCount, form.SealedDigest).ShouldBe((1, "d"));
        form.JudgeArrival(new DateOnly(2026, 3, 29), null).ShouldBe(Arrival.EnteredAfterSeal);
        form.Accepts(Closes.AddTicks(-1)).ShouldBeFalse("nothing goes into a sealed set");
    }

    [Fact]
    public void What_is_known_already_is_no_event()
    {
        var form = Form();
        form.TakeEvents();

        form.Follow("slug", "Title", 1, Opens, Closes, isWithdrawn: false, Opens);
        form.DomainEvents.ShouldBeEmpty();
        form.Follow("slug", "Title", 1, Opens, Closes.AddDays(7), isWithdrawn: false, Opens);
        form.DomainEvents.ShouldHaveSingleItem();
    }

    [Fact]
    public void Takes_nothing_while_nothing_is_approved_or_after_a_withdrawal()
    {
        var form = Form();
        form.Follow("slug", "Title", null, Opens, Closes, isWithdrawn: false, Opens);
        form.Accepts(Opens).ShouldBeFalse();
        Should.Throw<RuleBrokenException>(() => form.MustAccept(Opens, "")).Code.ShouldBe("consultation-not-open");

        form.Follow("slug", "Title", 1, Opens, Closes, isWithdrawn: true, Opens);
        form.Accepts(Opens).ShouldBeFalse();
        Should.Throw<RuleBrokenException>(() => form.MustAccept(Opens, "")).Code.ShouldBe("consultation-withdrawn");
    }

    private static ResponseForm Form(DateTimeOffset? closes = null)
    {
        var form = ResponseForm.For(ConsultationId.New());
        form.Follow("slug", "Title", 1, Opens, closes ?? Closes, isWithdrawn: false, Opens);
        return form;
    }
}
