using Engagement.Access.Domain;

namespace Engagement.UnitTests.Access;

public sealed class SignInCounterTests
{
    [Fact]
    public void A_browser_that_the_officer_knows_is_counted_by_itself() =>
        SignInCounter.Of("a@example.org", "device-1", "192.0.2.1").Select(c => c.Name).ShouldBe(["device/device-1"]);

    [Fact]
    public void Everybody_else_is_counted_for_the_account_and_more_strictly_for_the_account_from_one_place()
    {
        var counters = SignInCounter.Of("a@example.org", null, "192.0.2.1");

        counters.Count.ShouldBe(2);
        counters[0].Free.ShouldBeLessThan(counters[1].Free);
        counters[1].Name.ShouldNotContain("192.0.2.1");
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void One_place_is_an_address_of_four_bytes_or_the_first_half_of_a_longer_one(string one, string other, bool same) =>
        (SignInCounter.Of("a", null, one)[0].Name == SignInCounter.Of("a", null, other)[0].Name).ShouldBe(same);
}
