using System.Text.Json.Nodes;
using Engagement.Engagements.Domain;
using Engagement.TestKit.Engagements;
using static Engagement.UnitTests.Engagements.Samples;

namespace Engagement.UnitTests.Engagements;

public sealed class PlanChangeTests
{
    [Fact]
    public void An_edit_records_each_changed_field_before_and_after()
    {
        var changes = PlanChange.Between(
            SamplePlan.Complete, SamplePlan.Complete with { Title = "New title", Level = ParticipationLevel.Empower, Areas = [new Area { Name = "The county" }] });

        changes.Select(c => c.Field).ShouldBe(["title", "level", "areas"], ignoreOrder: true);
        var title = changes.Single(c => c.Field == "title");
        title.Before!.GetValue<string>().ShouldBe("The future of mobile libraries");
        title.After!.GetValue<string>().ShouldBe("New title");
        changes.Single(c => c.Field == "level").After!.GetValue<string>().ShouldBe("empower");
        changes.Single(c => c.Field == "areas").Before!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void Equal_plans_have_no_changes_though_they_are_two_objects() =>
        PlanChange.Between(SamplePlan.Complete, SamplePlan.Complete).ShouldBeEmpty();

    [Fact]
    public void That_the_lead_officer_changed_is_recorded_and_nothing_of_whom()
    {
        var change = PlanChange.Between(
            SamplePlan.Complete, SamplePlan.Complete with { LeadOfficer = new LeadOfficer { Name = "New Name", Email = "new@council.example" } }).Single();

        change.ShouldBe(new PlanChange("leadOfficer", null, null));
    }

    [Fact]
    public void The_history_of_a_new_plan_names_no_person()
    {
        var created = Planned().DomainEvents.OfType<EngagementCreated>().Single();

        var text = new JsonArray([.. created.Changes.SelectMany(c => new[] { c.Before?.DeepClone(), c.After?.DeepClone() })]).ToJsonString();
        text.ShouldContain("mobile libraries");
        text.ShouldContain("full-assessment-needed");
        text.ShouldNotContain("Lindiwe");
        text.ShouldNotContain("lindiwe.marsh");
        text.ShouldNotContain("Marta Quill");
        created.Changes.ShouldContain(c => c.Field == "leadOfficer");
    }

    [Fact]
    public void An_edit_of_who_screened_it_is_recorded_without_the_name()
    {
        var engagement = Planned();

        engagement.Edit(
            SamplePlan.Complete with { EqualityImpactAssessment = SamplePlan.Complete.EqualityImpactAssessment! with { ScreenedBy = "Another Person" } }, Author, Now);

        var change = engagement.DomainEvents.OfType<PlanEdited>().Single().Changes.Single();
        change.Field.ShouldBe("equalityImpactAssessment");
        change.Before!.ToJsonString().ShouldNotContain("Quill");
        change.After!.ToJsonString().ShouldNotContain("Another");
    }
}
