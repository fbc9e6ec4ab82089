using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.TestKit.Consultations;
using static Engagement.UnitTests.Consultations.ConsultationSamples;

namespace Engagement.UnitTests.Consultations;

public sealed class ApprovalTests
{
    [Fact]
    public void A_second_person_schedules_it_and_the_approval_names_versions_and_digest()
    {
        var consultation = Submitted();

        consultation.Approve(Approver, engagementIsApproved: true, Questionnaire, Now);

        consultation.Status.ShouldBe(ConsultationStatus.Scheduled);
        consultation.Approval.ShouldBe(new Approval("client:approver", Now, 2, 3, Questionnaire.Digest));
        consultation.FirstPublishedAt.ShouldBe(Now);
        var approved = consultation.Only<ConsultationApproved>();
        approved.OpensAt.ShouldBe(SampleConsultation.OpensAt);
        approved.ClosesAt.ShouldBe(SampleConsultation.ClosesAt);
    }

    [Fact]
    public void Whoever_drafted_edited_added_a_paper_submitted_or_wrote_the_questionnaire_may_not_approve()
    {
        var drafted = Submitted();
        var edited = Draft();
        edited.Edit(SampleConsultation.Details with { Title = "Another" }, Colleague, Now);
        var papered = Draft();
        papered.AddDocument("order.pdf", "application/pdf", "%PDF-"u8.ToArray(), Colleague, Now);
        var asked = Draft();
        asked.TryChangeElsewhere("questionnaire", Colleague, Now).ShouldBeTrue();
        var submitted = Draft();
        submitted.Submit(submitted.Timetable(), null, NoReasons, true, true, Colleague, Now);
        foreach (var consultation in new[] { edited, papered, asked })
        {
            consultation.Submit(consultation.Timetable(), null, NoReasons, true, true, Author, Now);
        }

        Forbidden(drafted, Author);
        foreach (var consultation in new[] { edited, papered, asked, submitted })
        {
            Forbidden(consultation, Author);
            Forbidden(consultation, Colleague);
            consultation.Approve(Approver, true, Questionnaire, Now);
            consultation.Status.ShouldBe(ConsultationStatus.Scheduled);
        }

        static void Forbidden(Consultation consultation, Actor actor) =>
            Should.Throw<ForbiddenException>(() => consultation.Approve(actor, true, Questionnaire, Now)).Code.ShouldBe("second-approver-required");
    }

    [Fact]
    public void Approves_a_tick_before_the_opening_and_not_at_it()
    {
        var early = Submitted();
        var late = Submitted();

        early.Approve(Approver, true, Questionnaire, early.Period.OpensAt.AddTicks(-1));

        early.Status.ShouldBe(ConsultationStatus.Scheduled);
        Refusal(() => late.Approve(Approver, true, Questionnaire, late.Period.OpensAt)).Code.ShouldBe("opening-passed");
    }

    [Fact]
    public void Asks_again_for_the_engagement_and_the_questionnaire()
    {
        var consultation = Submitted();

        Refusal(() => consultation.Approve(Approver, engagementIsApproved: false, Questionnaire, Now)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("consultation/engagement");
        Refusal(() => consultation.Approve(Approver, engagementIsApproved: true, null, Now)).Breaches.ShouldHaveSingleItem().Rule.ShouldBe("consultation/questionnaire");
        consultation.Approval.ShouldBeNull();
    }

    [Fact]
    public void Approves_only_what_waits_for_it()
    {
        Refusal(() => Draft().Approve(Approver, true, Questionnaire, Now)).Code.ShouldBe("not-awaiting-approval");
        Refusal(() => Scheduled().Approve(Approver, true, Questionnaire, Now)).Code.ShouldBe("not-awaiting-approval");
    }

    [Fact]
    public void An_edit_voids_the_approval_and_makes_a_draft_again()
    {
        var consultation = Scheduled();

        consultation.Edit(SampleConsultation.Details with { Summary = "Other words." }, Colleague, Now);

        consultation.Status.ShouldBe(ConsultationStatus.Draft);
        consultation.Approval.ShouldBeNull();
        consultation.MayBeShown.ShouldBeFalse();
        consultation.Only<ConsultationEdited>().Changes.Keys.ShouldBe(["summary"]);
        consultation.Only<ConsultationApprovalLapsed>().Changed.ShouldBe("text or dates");
    }

    [Fact]
    public void An_edit_that_changes_nothing_voids_nothing()
    {
        var consultation = Scheduled();

        consultation.Edit(SampleConsultation.Details, Colleague, Now);

        consultation.Status.ShouldBe(ConsultationStatus.Scheduled);
        consultation.DomainEvents.ShouldBeEmpty();
        consultation.Authors.ShouldNotContain(Colleague.ToString());
    }

    [Fact]
    public void An_edit_of_the_dates_is_recorded_with_before_and_after()
    {
        var consultation = Draft();

        consultation.Edit(SampleConsultation.Details with { Closes = new UkMoment(new DateOnly(2027, 3, 14)) }, Author, Now);

        var change = consultation.Only<ConsultationEdited>().Changes["closes"];
        change.Before.GetProperty("date").GetString().ShouldBe("2027-03-07");
        change.After.GetProperty("date").GetString().ShouldBe("2027-03-14");
    }

    [Theory]
    [InlineData("questionnaire")]
    [InlineData("documents")]
    public void Another_questionnaire_or_paper_asks_for_a_new_approval(string changed)
    {
        var consultation = Scheduled();

        Change(consultation, changed);

        consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
        consultation.Approval.ShouldBeNull();
        consultation.Only<ConsultationApprovalLapsed>().Reason.ShouldBe($"The {changed} changed after the approval.");
    }

    [Theory]
    [InlineData("questionnaire")]
    [InlineData("documents")]
    public void What_waits_for_approval_waits_on_in_a_new_version(string changed)
    {
        var consultation = Submitted();

        Change(consultation, changed);

        consultation.Status.ShouldBe(ConsultationStatus.AwaitingApproval);
        consultation.DomainEvents.ShouldNotBeEmpty();
        consultation.DomainEvents.OfType<ConsultationApprovalLapsed>().ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_changes_once_the_opening_has_come_though_no_job_has_run()
    {
        var consultation = Scheduled();
        var opening = consultation.Period.OpensAt;

        Refusal(() => consultation.Edit(SampleConsultation.Details with { Title = "Late" }, Author, opening)).Code.ShouldBe("content-frozen");
        Refusal(() => consultation.AddDocument("a.txt", "text/plain", "a"u8.ToArray(), Author, opening)).Code.ShouldBe("content-frozen");
        Refusal(() => consultation.RemoveDocument("a.txt", Author, opening)).Code.ShouldBe("content-frozen");
        consultation.TryChangeElsewhere("questionnaire", Author, opening).ShouldBeFalse();
        consultation.TryChangeElsewhere("questionnaire", Author, opening.AddTicks(-1)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(ConsultationStatus.Open)]
    [InlineData(ConsultationStatus.Closing)]
    [InlineData(ConsultationStatus.Closed)]
    [InlineData(ConsultationStatus.Withdrawn)]
    public void Nothing_changes_after_it_has_opened_or_was_withdrawn(ConsultationStatus status)
    {
        var consultation = status switch
        {
            ConsultationStatus.Open => Opened(),
            ConsultationStatus.Closing => Closing(),
            ConsultationStatus.Closed => Closed(),
            _ => Draft(),
        };
        if (status == ConsultationStatus.Withdrawn)
        {
            consultation.Withdraw("A mistake", Now);
        }

        Refusal(() => consultation.Edit(SampleConsultation.Details with { Title = "Late" }, Author, Now)).Code.ShouldBe("content-frozen");
        consultation.TryChangeElsewhere("questionnaire", Author, Now).ShouldBeFalse();
    }

    [Fact]
    public void What_was_not_approved_by_its_opening_can_be_given_new_dates()
    {
        var consultation = Submitted();
        var later = SampleConsultation.Details with { Opens = new UkMoment(new DateOnly(2027, 2, 1)), Closes = new UkMoment(new DateOnly(2027, 4, 4)) };

        consultation.Edit(later, Author, consultation.Period.OpensAt.AddDays(1));

        consultation.Status.ShouldBe(ConsultationStatus.Draft);
        consultation.Period.OpensOn.ShouldBe(new DateOnly(2027, 2, 1));
    }

    private static void Change(Consultation consultation, string changed)
    {
        if (changed == "documents")
        {
            consultation.AddDocument("order.pdf", "application/pdf", "%PDF-"u8.ToArray(), Colleague, Now);
        }
        else
        {
            consultation.TryChangeElsewhere(changed, Colleague, Now).ShouldBeTrue();
        }
    }
}
