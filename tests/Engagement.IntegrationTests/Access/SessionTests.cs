using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Engagement.IntegrationTests.Access;

public sealed class SessionTests : IntegrationTest
{
    [Fact]
    public async Task A_session_carries_the_rights_of_its_officers_roles_and_what_everybody_reads()
    {
        var token = await SignIn("moderator");

        var session = await Send(new ResumeSession(token));

        session.ShouldNotBeNull();
        session.Duty.ShouldBe(AccountDuty.None);
        session.Everywhere.Order().ShouldBe(["consultations:read", "engagements:read", "outcomes:approve", "outcomes:read", "participation:read", "participation:write"]);
        session.EndsAt.ShouldBe(Clock.Now.AddHours(12));
        session.ExpiresAt.ShouldBe(Clock.Now.AddHours(2));
    }

    [Fact]
    public async Task A_session_ends_when_nobody_used_it_for_two_hours_and_no_sooner()
    {
        var token = await SignIn("officer");

        Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await Send(new ResumeSession(token))).ShouldNotBeNull();
        Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        (await Send(new ResumeSession(token))).ShouldNotBeNull();
        Clock.Advance(TimeSpan.FromHours(2));

        (await Send(new ResumeSession(token))).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_busy_it_was()
    {
        var token = await SignIn("officer");
        var start = Clock.Now;
        for (var hour = 1; hour < 12; hour++)
        {
            Clock.MoveTo(start.AddHours(hour));
            (await Send(new ResumeSession(token))).ShouldNotBeNull();
        }

        Clock.MoveTo(start.AddHours(12).AddMicroseconds(-1));
        (await Send(new ResumeSession(token)))!.ExpiresAt.ShouldBe(start.AddHours(12));
        Clock.MoveTo(start.AddHours(12));
        (await Send(new ResumeSession(token))).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_minute_at_most()
    {
        var token = await SignIn("officer");
        const string LastSeen = "select count(*) from access.session where last_seen_at = $1";
        var opened = Clock.Now;

        Clock.Advance(TimeSpan.FromSeconds(59));
        await Send(new ResumeSession(token));
        (await Scalar<long>(LastSeen, opened)).ShouldBe(1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Send(new ResumeSession(token));
        (await Scalar<long>(LastSeen, opened)).ShouldBe(0);
        (await Scalar<long>(LastSeen, Clock.Now)).ShouldBe(1);
    }

    [Fact]
    [Trait("Attack", "A16")]
    [Trait("Attack", "A17")]
    public async Task A_role_that_was_taken_away_and_an_account_that_was_disabled_are_gone_with_the_next_request()
    {
        var token = await SignIn("officer");

        await AsAdministrator("update access.assignment set role = 'member'");
        (await Send(new ResumeSession(token)))!.Everywhere.ShouldNotContain("engagements:write");
        await AsAdministrator("update access.officer set disabled_at = now()");
        (await Send(new ResumeSession(token))).ShouldBeNull();
    }

    [Fact]
    public async Task The_token_is_nowhere_in_the_database()
    {
        var token = await SignIn("officer");

        (await Scalar<long>("select count(*) from access.session s where s::text like '%' || $1 || '%'", token)).ShouldBe(0);
        (await Scalar<long>("select count(*) from access.session where token_hash = sha256(convert_to($1, 'UTF8'))", token)).ShouldBe(1);
    }

    [Fact]
    public void Two_hours_are_what_the_program_allows_unless_it_is_told_otherwise() =>
        App.Services.GetRequiredService<IOptions<AccessOptions>>().Value.IdleTimeout.ShouldBe(TimeSpan.FromHours(2));

    private async Task<string> SignIn(params string[] roles)
    {
        var created = await Send(new CreateOfficer("officer@example.org", "An officer", roles, MustChangePassword: false));
        return await Send(new OpenSession(created.Id));
    }
}
