using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.UnitTests.Engagements;

internal static class Samples
{
    public static readonly DateTimeOffset Now = TestClock.Start;
    public static readonly DateOnly Today = UkTime.DateOf(Now);
    public static readonly Actor Author = new(ActorKind.Client, "author");
    public static readonly Actor Colleague = new(ActorKind.Client, "colleague");
    public static readonly Actor Reviewer = new(ActorKind.Client, "reviewer");
    public static readonly Actor Approver = new(ActorKind.Client, "approver");

    public static EngagementActivity Planned(EngagementPlan? plan = null) =>
        EngagementActivity.Create(EngagementId.New(), 42, plan ?? SamplePlan.Complete, Author, Now);

    public static EngagementActivity InReview(EngagementPlan? plan = null)
    {
        var engagement = Planned(plan);
        engagement.Submit(Now);
        return engagement;
    }

    public static EngagementActivity Reviewed(EngagementPlan? plan = null)
    {
        var engagement = InReview(plan);
        foreach (var kind in Enum.GetValues<ReviewKind>())
        {
            engagement.Review(kind, ReviewVerdict.Approve, null, engagement.PlanVersion, Reviewer, Now);
        }

        return engagement;
    }

    public static EngagementActivity Approved(EngagementPlan? plan = null)
    {
        var engagement = Reviewed(plan);
        engagement.Approve(engagement.PlanVersion, Approver, Now);
        return engagement;
    }

    public static CheckResult Check(this EngagementActivity engagement, string key) => engagement.Readiness(Today).Single(c => c.Key == key);

    /// <summary>What the gate says of a plan that nobody has reviewed.</summary>
    public static CheckResult Check(string key, EngagementPlan plan) => Planned(plan).Check(key);

    public static RuleBrokenException Refused(Action act, string code)
    {
        var refusal = Should.Throw<RuleBrokenException>(act);
        refusal.Code.ShouldBe(code);
        return refusal;
    }
}
