using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.UnitTests.Consultations;

internal static class ConsultationSamples
{
    public static readonly TimetableCalculator Calculator = TimetableCalculator.Create();
    public static readonly DateTimeOffset Now = TestClock.Start;
    public static readonly Actor Author = new(ActorKind.Client, "author");
    public static readonly Actor Colleague = new(ActorKind.Client, "colleague");
    public static readonly Actor Approver = new(ActorKind.Client, "approver");
    public static readonly (int Version, string Digest) Questionnaire = (3, new string('a', 64));
    public static readonly Dictionary<string, string> NoReasons = [];

    public static Consultation Draft(ConsultationDetails? details = null) =>
        Consultation.Draft(EngagementId.New(), "a-slug", details ?? SampleConsultation.Details, Author, Now).Saved();

    public static Consultation Submitted(ConsultationDetails? details = null)
    {
        var consultation = Draft(details);
        consultation.Submit(consultation.Timetable(), "We have a reason.", NoReasons, engagementIsApproved: true, hasQuestionnaire: true, Author, Now);
        return consultation.Saved();
    }

    public static Consultation Scheduled(ConsultationDetails? details = null)
    {
        var consultation = Submitted(details);
        consultation.Approve(Approver, engagementIsApproved: true, Questionnaire, Now);
        return consultation.Saved();
    }

    public static Consultation Opened(ConsultationDetails? details = null)
    {
        var consultation = Scheduled(details);
        consultation.Open(Questionnaire, engagementIsApproved: true, consultation.Period.OpensAt);
        return consultation.Saved();
    }

    public static Consultation Closing(ConsultationDetails? details = null)
    {
        var consultation = Opened(details);
        consultation.BeginClosing(TimeSpan.FromSeconds(60), consultation.Period.ClosesAt);
        return consultation.Saved();
    }

    public static Consultation Closed(ConsultationDetails? details = null)
    {
        var consultation = Closing(details);
        consultation.Close(7, new string('d', 64), consultation.Period.ClosesAt.AddSeconds(61));
        return consultation.Saved();
    }

    /// <summary>As if it had been stored: its version counts and its events are gone.</summary>
    public static Consultation Saved(this Consultation consultation)
    {
        consultation.TakeEvents();
        return consultation;
    }

    public static Timetable Timetable(this Consultation consultation, DateOnly? decision = null) =>
        consultation.TimetableFor(consultation.Period, decision, Calculator);

    public static Timetable TimetableUntil(this Consultation consultation, UkMoment closes, DateOnly? decision = null) =>
        consultation.TimetableFor(consultation.Period.Until(closes), decision, Calculator);

    public static T Only<T>(this Consultation consultation)
        where T : IDomainEvent => consultation.DomainEvents.OfType<T>().Single();

    public static RuleBrokenException Refusal(Action action) => Should.Throw<RuleBrokenException>(action);
}
