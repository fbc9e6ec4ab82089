using Engagement.Engagements.Domain;
using Engagement.Host.Pages.Admin.Engagements;
using Engagement.TestKit.Engagements;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Engagement.UnitTests.Host.Engagements;

public sealed class PlanItemsTests
{
    [Fact]
    public void An_item_takes_the_place_of_the_one_that_it_changes_and_a_new_one_comes_last()
    {
        IReadOnlyList<string> list = ["a", "b"];

        list.With(0, "x").ShouldBe(["x", "b"]);
        list.With(null, "c").ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void A_target_group_leaves_what_is_for_others_too_and_what_is_for_it_alone_stands_in_the_way()
    {
        var plan = SamplePlan.Complete;

        PlanItems.ForGroupAlone(plan, "over-75").ShouldBe([new PlanItem("Method: Focus group", "methods", 2)]);
        PlanItems.ForGroupAlone(plan, "users").ShouldBe([new PlanItem("Success criterion: Users are heard", "criteria", 1)]);

        var without = PlanItems.Without(plan with { Methods = [plan.Methods[0]] }, "groups", 1);

        without.TargetGroups.Select(g => g.Key).ShouldBe(["users"]);
        without.SuccessCriteria.ShouldAllBe(c => c.TargetGroups.SequenceEqual(new[] { "users" }));
    }

    [Theory]
    [InlineData("areas")]
    [InlineData("criteria")]
    [InlineData("methods")]
    [InlineData("publicity")]
    [InlineData("governance")]
    public void One_item_is_taken_out_and_the_others_stay(string part)
    {
        var before = PlanSummary.Items(SamplePlan.Complete, part);

        var after = PlanSummary.Items(PlanItems.Without(SamplePlan.Complete, part, 0), part);

        after.Select(r => r.Label).ShouldBe(before.Skip(1).Select(r => r.Label));
    }

    [Theory]
    [InlineData("People over 75", "people-over-75")]
    [InlineData("  Café owners & traders ", "cafe-owners-traders")]
    [InlineData("!!!", "item")]
    [InlineData("Users", "users-2")]
    [InlineData("A group whose name is much longer than a key may be", "a-group-whose-name-is-much-longer-th")]
    public void A_key_is_made_of_the_name_and_never_taken_twice(string name, string key) => Typed.KeyFor(name, ["users"]).ShouldBe(key);

    [Theory]
    [InlineData("1,200", 1200.0)]
    [InlineData(" 12.5% ", 12.5)]
    [InlineData("-3", -3.0)]
    public void A_number_is_read_as_people_write_it(string text, double number)
    {
        var state = new ModelStateDictionary();

        Typed.Number(text, state, "Value", "The value", required: true).ShouldBe((decimal)number);

        state.IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("many", "The value must be a number, such as 120 or 12.5.")]
    [InlineData("", "The value is missing. Enter a number.")]
    [InlineData("99999999999999999999999999999999999", "The value must be a number, such as 120 or 12.5.")]
    public void What_is_no_number_is_said_to_be_none(string text, string error)
    {
        var state = new ModelStateDictionary();

        Typed.Number(text, state, "Value", "The value", required: true).ShouldBeNull();

        state["Value"]!.Errors.Single().ErrorMessage.ShouldBe(error);
    }

    [Fact]
    public void A_whole_number_has_no_parts()
    {
        var state = new ModelStateDictionary();

        Typed.Whole("12.5", state, "Reach", "The reach").ShouldBeNull();
        Typed.Whole("3000000000", state, "Reach", "The reach").ShouldBeNull();
        Typed.Whole("12.0", new ModelStateDictionary(), "Reach", "The reach").ShouldBe(12);

        state["Reach"]!.Errors.ShouldAllBe(e => e.ErrorMessage == "The reach must be a whole number, such as 120.");
    }

    [Fact]
    public void Lines_are_those_that_say_something() => Typed.Lines(" English \r\n\r\n Polish\n").ShouldBe(["English", "Polish"]);

    [Fact]
    public void Every_value_of_a_plan_has_words()
    {
        PlanWords.Of(EngagementState.AwaitingDecision).ShouldBe("Awaiting decision");
        PlanWords.Of(MaterialFormat.BritishSignLanguage).ShouldBe("British Sign Language");
        PlanWords.Of(Audience.ParishCouncils).ShouldBe("Parish councils");
        foreach (var level in Enum.GetValues<ParticipationLevel>())
        {
            PlanWords.PromiseOf(level).ShouldStartWith("We will");
        }
    }
}
