using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.TestKit.Consultations;
using static Engagement.UnitTests.Consultations.ConsultationSamples;

namespace Engagement.UnitTests.Consultations;

public sealed class SchedulingTests
{
    private static readonly DateOnly Published = new(2027, 1, 11);

    [Fact]
    public void Schedules_on_the_first_lawful_closing_date_of_a_traffic_order()
    {
        var consultation = Draft(SampleConsultation.TrafficOrder(Published, new DateOnly(2027, 1, 31)));

        Submit(consultation);

        consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
        consultation.Only<ConsultationSubmitted>().Dates["tro-permanent/min_close"].ShouldBe(new DateOnly(2027, 1, 31));
    }

    [Fact]
    public void Refuses_one_day_less_and_names_the_rule_its_source_and_the_earliest_lawful_date()
    {
        var consultation = Draft(SampleConsultation.TrafficOrder(Published, new DateOnly(2027, 1, 30)));

        var refusal = Refusal(() => Submit(consultation));

        refusal.Code.ShouldBe("timetable-unlawful");
        var breach = refusal.Breaches.ShouldHaveSingleItem();
        breach.Rule.ShouldBe("tro-permanent/min_close");
        breach.Citation.ShouldBe("SI 1996/2489 reg 8");
        breach.EarliestLawful.ShouldBe(new DateOnly(2027, 1, 31));
        consultation.Status.ShouldBe(ConsultationStatus.Draft);
        consultation.DomainEvents.ShouldBeEmpty();
    }

    [Fact]
    public void Refuses_the_last_lawful_day_cut_short_by_a_closing_time()
    {
        var consultation = Draft(SampleConsultation.TrafficOrder(Published, Published) with { Closes = new UkMoment(new DateOnly(2027, 1, 31), new TimeOnly(17, 0)) });

        Refusal(() => Submit(consultation)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("tro-permanent/min_close");
    }

    [Fact]
    public void Names_the_breaches_of_several_regimes_and_every_gap_at_once()
    {
        var details = SampleConsultation.TrafficOrder(Published, new DateOnly(2027, 1, 20)) with
        {
            Regimes = ["tro-permanent", "dmmo-order"],
            WhyNow = null,
            OfflineRoute = " ",
        };
        var consultation = Draft(details);

        var refusal = Refusal(() => consultation.Submit(consultation.Timetable(), null, NoReasons, engagementIsApproved: false, hasQuestionnaire: false, Author, Now));

        refusal.Code.ShouldBe("timetable-unlawful");
        refusal.Breaches.Select(b => b.Rule).ShouldBe(
            ["tro-permanent/min_close", "dmmo-order/min_close", "consultation/whyNow", "consultation/offlineRoute", "consultation/engagement", "consultation/questionnaire"],
            ignoreOrder: true);
    }

    [Fact]
    public void Refuses_a_regime_that_cannot_be_judged_because_its_date_is_missing()
    {
        var consultation = Draft(SampleConsultation.Details with { Regimes = ["tro-permanent"] });

        var refusal = Refusal(() => Submit(consultation));

        refusal.Code.ShouldBe("timetable-unlawful");
        var breach = refusal.Breaches.ShouldHaveSingleItem();
        breach.Rule.ShouldBe("tro-permanent/min_close");
        breach.Message.ShouldContain("published");
    }

    [Theory]
    [InlineData("whyNow")]
    [InlineData("whoDecides")]
    [InlineData("whatHappensNext")]
    [InlineData("whatCanChange")]
    [InlineData("whatCannotChange")]
    [InlineData("howAnswersCount")]
    [InlineData("privacyNotice")]
    [InlineData("privacyContact")]
    [InlineData("offlineRoute")]
    [InlineData("alternativeFormats")]
    [InlineData("easyRead")]
    public void Refuses_while_people_would_not_be_told(string missing)
    {
        var whole = SampleConsultation.Details;
        var consultation = Draft(missing switch
        {
            "whyNow" => whole with { WhyNow = null },
            "whoDecides" => whole with { WhoDecides = null },
            "whatHappensNext" => whole with { WhatHappensNext = "" },
            "whatCanChange" => whole with { WhatCanChange = " " },
            "whatCannotChange" => whole with { WhatCannotChange = null },
            "howAnswersCount" => whole with { HowAnswersCount = null },
            "easyRead" => whole with { EasyReadWaiver = " " },
            "privacyNotice" => whole with { PrivacyNotice = null },
            "privacyContact" => whole with { PrivacyContact = null },
            "offlineRoute" => whole with { OfflineRoute = null },
            _ => whole with { AlternativeFormats = null },
        });

        var refusal = Refusal(() => Submit(consultation));

        refusal.Code.ShouldBe("not-ready");
        refusal.Breaches.ShouldHaveSingleItem().Rule.ShouldBe($"consultation/{missing}");
    }

    [Fact]
    public void The_easy_read_version_is_among_the_papers_when_it_is_put_forward_and_when_it_is_approved()
    {
        var consultation = Draft(SampleConsultation.Details with { EasyReadDocument = "Easy Read.pdf", EasyReadWaiver = null });

        Refusal(() => Submit(consultation)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("consultation/easyReadDocument");
        consultation.AddDocument("Easy Read.pdf", "application/pdf", [1], Author, Now);
        Submit(consultation);
        consultation.RemoveDocument("Easy Read.pdf", Author, Now);

        Refusal(() => consultation.Approve(Approver, engagementIsApproved: true, Questionnaire, Now)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("consultation/easyReadDocument");
        consultation.AddDocument("Easy Read.pdf", "application/pdf", [2], Author, Now);
        consultation.Approve(Approver, engagementIsApproved: true, Questionnaire, Now);
        consultation.Status.ShouldBe(ConsultationStatus.Scheduled);
    }

    [Fact]
    public void Refuses_an_opening_that_has_come_and_takes_one_a_tick_ahead()
    {
        var consultation = Draft();

        Refusal(() => Submit(consultation, now: consultation.Period.OpensAt)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("consultation/opens");
        Submit(consultation, now: consultation.Period.OpensAt.AddTicks(-1));

        consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
    }

    [Fact]
    public void Without_a_regime_asks_for_a_reason_below_six_weeks()
    {
        var tooShort = Draft(SampleConsultation.Details with { Closes = new UkMoment(SampleConsultation.OpensOn.AddDays(41)) });
        var longEnough = Draft(SampleConsultation.Details with { Closes = new UkMoment(SampleConsultation.OpensOn.AddDays(42)) });

        var refusal = Refusal(() => Submit(tooShort));
        Submit(longEnough);

        refusal.Code.ShouldBe("reason-needed");
        refusal.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("good-practice-period/recommended_close_6_weeks");
        longEnough.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
    }

    [Fact]
    public void Records_the_reason_given_for_all_or_for_the_one_finding()
    {
        const string Rule = "good-practice-period/recommended_close_6_weeks";
        var details = SampleConsultation.Details with { Closes = new UkMoment(SampleConsultation.OpensOn.AddDays(27)) };
        var one = Draft(details);
        var other = Draft(details);

        Submit(one, reason: "A small change that few people meet.")[Rule].ShouldBe("A small change that few people meet.");
        other.Submit(other.Timetable(), "For all", new Dictionary<string, string> { [Rule] = "For this one" }, true, true, Author, Now)[Rule]
            .ShouldBe("For this one");
        one.Only<ConsultationSubmitted>().Reasons.Keys.ShouldBe([Rule]);
    }

    [Fact]
    public void A_blank_reason_is_none()
    {
        var consultation = Draft(SampleConsultation.Details with { Closes = new UkMoment(SampleConsultation.OpensOn.AddDays(27)) });

        Refusal(() => Submit(consultation, reason: "  ")).Code.ShouldBe("reason-needed");
    }

    [Fact]
    public void Refuses_dates_whose_decision_the_engagement_plans_before_the_close()
    {
        var consultation = Draft();

        var refusal = Refusal(() => consultation.Submit(consultation.Timetable(SampleConsultation.LastDay), null, NoReasons, true, true, Author, Now));

        refusal.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("decides-before-it-closes");
    }

    [Theory]
    [InlineData(ConsultationStatus.Scheduled)]
    [InlineData(ConsultationStatus.Open)]
    public void Schedules_drafts_only(ConsultationStatus status)
    {
        var consultation = status == ConsultationStatus.Open ? Opened() : Scheduled();

        Refusal(() => Submit(consultation)).Code.ShouldBe("cannot-be-scheduled");
    }

    private static IReadOnlyDictionary<string, string> Submit(Consultation consultation, string? reason = null, DateTimeOffset? now = null) =>
        consultation.Submit(consultation.Timetable(), reason, NoReasons, engagementIsApproved: true, hasQuestionnaire: true, Author, now ?? Now);
}
