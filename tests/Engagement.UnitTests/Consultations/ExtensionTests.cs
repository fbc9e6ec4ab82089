using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.TestKit.Consultations;
using static Engagement.UnitTests.Consultations.ConsultationSamples;

namespace Engagement.UnitTests.Consultations;

public sealed class ExtensionTests
{
    private static readonly UkMoment Later = new(new DateOnly(2027, 3, 14));
    private static readonly DateTimeOffset WhileOpen = SampleConsultation.OpensAt.AddDays(20);
    private static readonly DateTimeOffset LastTick = SampleConsultation.ClosesAt.AddTicks(-1);

    [Fact]
    public void A_proposal_moves_nothing_until_a_second_person_confirms_it()
    {
        var consultation = Opened();

        Propose(consultation, Later, WhileOpen);
        consultation.Period.ClosesAt.ShouldBe(SampleConsultation.ClosesAt);
        Approve(consultation, Approver, WhileOpen);

        consultation.Period.ClosesAt.ShouldBe(SampleConsultation.ClosesAt.AddDays(7));
        consultation.ProposedExtension.ShouldBeNull();
        consultation.Extensions.ShouldHaveSingleItem().PublicReason.ShouldBe("The forms came late.");
        var extended = consultation.Only<ConsultationExtended>();
        extended.PreviousClosesAt.ShouldBe(SampleConsultation.ClosesAt);
        extended.ProposedBy.ShouldBe("client:author");
        consultation.OutcomeDueOn.ShouldBe(new DateOnly(2027, 3, 14).AddDays(84));
    }

    [Fact]
    public void Whoever_proposed_it_may_not_confirm_it()
    {
        var consultation = Opened();
        Propose(consultation, Later, WhileOpen);

        Should.Throw<ForbiddenException>(() => Approve(consultation, Author, WhileOpen)).Code.ShouldBe("second-approver-required");
        consultation.Period.ClosesAt.ShouldBe(SampleConsultation.ClosesAt);
    }

    [Fact]
    public void Is_confirmed_a_tick_before_the_deadline_and_not_at_it()
    {
        var early = Opened();
        var late = Opened();
        Propose(early, Later, WhileOpen);
        Propose(late, Later, WhileOpen);

        Approve(early, Approver, LastTick);

        early.Period.ClosesAt.ShouldBe(SampleConsultation.ClosesAt.AddDays(7));
        Refusal(() => Approve(late, Approver, SampleConsultation.ClosesAt)).Code.ShouldBe("deadline-passed");
    }

    [Fact]
    public void Is_proposed_a_tick_before_the_deadline_and_not_at_it()
    {
        Propose(Opened(), Later, LastTick);

        Refusal(() => Propose(Opened(), Later, SampleConsultation.ClosesAt)).Code.ShouldBe("deadline-passed");
        Refusal(() => Propose(Closing(), Later, SampleConsultation.ClosesAt)).Code.ShouldBe("deadline-passed");
    }

    [Fact]
    [Trait("Attack", "E14")]
    public void Moves_later_only_were_it_by_a_minute()
    {
        var consultation = Opened(SampleConsultation.Details with { Closes = new UkMoment(SampleConsultation.LastDay, new TimeOnly(12, 0)) });

        Refusal(() => Propose(consultation, new UkMoment(SampleConsultation.LastDay, new TimeOnly(11, 59)), WhileOpen)).Code.ShouldBe("extension-not-later");
        Refusal(() => Propose(consultation, new UkMoment(SampleConsultation.LastDay, new TimeOnly(12, 0)), WhileOpen)).Code.ShouldBe("extension-not-later");
        Propose(consultation, new UkMoment(SampleConsultation.LastDay, new TimeOnly(12, 1)), WhileOpen);

        consultation.ProposedExtension!.ClosesAt.ShouldBe(new DateTimeOffset(2027, 3, 7, 12, 1, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(ConsultationStatus.Draft)]
    [InlineData(ConsultationStatus.AwaitingApproval)]
    [InlineData(ConsultationStatus.Scheduled)]
    [InlineData(ConsultationStatus.Closed)]
    [Trait("Attack", "E14")]
    public void Only_an_open_one_is_extended(ConsultationStatus status)
    {
        var consultation = status switch
        {
            ConsultationStatus.Draft => Draft(),
            ConsultationStatus.AwaitingApproval => Submitted(),
            ConsultationStatus.Scheduled => Scheduled(),
            _ => Closed(),
        };

        Refusal(() => Propose(consultation, Later, Now)).Code.ShouldBe("only-an-open-one-extends");
    }

    [Fact]
    public void One_whose_opening_has_come_is_open_though_no_job_has_run()
    {
        var consultation = Scheduled();

        Refusal(() => Propose(consultation, Later, SampleConsultation.OpensAt.AddTicks(-1))).Code.ShouldBe("only-an-open-one-extends");
        Propose(consultation, Later, SampleConsultation.OpensAt);

        consultation.ProposedExtension.ShouldNotBeNull();
    }

    [Fact]
    public void Refuses_a_deadline_that_the_law_does_not_allow()
    {
        var consultation = Opened();
        var decision = new DateOnly(2027, 3, 14);

        var refusal = Refusal(() => consultation.ProposeExtension(Later, "Why", consultation.TimetableUntil(Later, decision), Author, WhileOpen));

        refusal.Code.ShouldBe("timetable-unlawful");
        refusal.Breaches.ShouldHaveSingleItem().Rule.ShouldBe("decides-before-it-closes");
    }

    [Fact]
    public void Confirms_nothing_that_nobody_proposed() =>
        Refusal(() => Opened().RequireProposedExtension()).Code.ShouldBe("no-extension-proposed");

    [Fact]
    public void A_proposal_that_nobody_confirmed_ends_with_the_deadline()
    {
        var consultation = Opened();
        Propose(consultation, Later, WhileOpen);

        consultation.BeginClosing(TimeSpan.Zero, SampleConsultation.ClosesAt);

        consultation.ProposedExtension.ShouldBeNull();
        consultation.Period.ClosesAt.ShouldBe(SampleConsultation.ClosesAt);
    }

    private static void Propose(Consultation consultation, UkMoment closes, DateTimeOffset now) =>
        consultation.ProposeExtension(closes, " The forms came late. ", consultation.TimetableUntil(closes), Author, now);

    private static void Approve(Consultation consultation, Actor actor, DateTimeOffset now) =>
        consultation.ApproveExtension(actor, consultation.TimetableUntil(consultation.ProposedExtension!.Closes), now);
}
