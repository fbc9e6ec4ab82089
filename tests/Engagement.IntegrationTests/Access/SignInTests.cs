using System.Diagnostics;
using Engagement.Access.Application.Account;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Contracts;
using Engagement.Access.Domain;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Access;

public sealed class SignInTests : IntegrationTest
{
    private const string Email = "r.penhale@example.org";
    private const string NewPassword = "three teapots on a lawn";
    private static readonly SignInOrigin Home = new("192.0.2.1", "Firefox", Device: null);
    private static readonly SignInOrigin Elsewhere = new("198.51.100.9", "curl", Device: null);
    private CreatedOfficer officer = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        officer = await Send(new CreateOfficer(Email, "Ruth Penhale", ["officer"]));
    }

    [Fact]
    public async Task The_first_password_opens_nothing_but_the_change_of_it()
    {
        var signedIn = await SignIn(officer.Password);

        signedIn.ShouldNotBeNull().AwaitsCode.ShouldBeFalse();
        var session = await Send(new ResumeSession(signedIn.Token));
        session!.Duty.ShouldBe(AccountDuty.ChangePassword);
        session.Everywhere.ShouldBeEmpty();

        var token = await AsOfficer(new ChangeOwnPassword(session.Id, officer.Password, NewPassword));

        var after = await Send(new ResumeSession(token));
        after!.Duty.ShouldBe(AccountDuty.None);
        after.Everywhere.ShouldContain("engagements:write");
        (await Send(new ResumeSession(signedIn.Token))).ShouldBeNull("a changed password ends every session that was open");
        (await SignIn(officer.Password)).ShouldBeNull();
        (await SignIn(NewPassword)).ShouldNotBeNull();
    }

    [Fact]
    public async Task The_address_may_be_typed_in_capitals()
    {
        (await Send(new SignIn(" R.Penhale@Example.org ", officer.Password, Home))).ShouldNotBeNull();
    }

    [Fact]
    [Trait("Attack", "B01")]
    public async Task A_wrong_password_an_unknown_address_and_a_disabled_account_get_the_same_answer()
    {
        (await SignIn("not the password")).ShouldBeNull();
        (await Send(new SignIn("nobody@example.org", officer.Password, Home))).ShouldBeNull();
        await AsAdministrator("update access.officer set disabled_at = now()");
        (await SignIn(officer.Password)).ShouldBeNull();
        App.Log.Lines.ShouldNotContain(l => l.Contains(Email, StringComparison.OrdinalIgnoreCase) || l.Contains("nobody@", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Attack", "B09")]
    public async Task Tries_are_paused_after_the_fifth_and_the_pause_grows_to_a_quarter_of_an_hour_and_no_further()
    {
        for (var i = 0; i < 6; i++)
        {
            (await SignIn("not the password")).ShouldBeNull();
        }

        (await SignIn(officer.Password)).ShouldBeNull("a pause of 15 seconds is under way");
        Clock.Advance(TimeSpan.FromSeconds(15));
        (await SignIn("not the password")).ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(29));
        (await SignIn(officer.Password)).ShouldBeNull("the second pause is twice as long");
        for (var i = 0; i < 12; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(15));
            (await SignIn("not the password")).ShouldBeNull();
        }

        Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1));
        (await SignIn(officer.Password)).ShouldBeNull();
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await SignIn(officer.Password)).ShouldNotBeNull("no pause is for good");
    }

    [Fact]
    [Trait("Attack", "B09")]
    public async Task Twenty_tries_at_one_instant_count_as_twenty()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SignIn("not the password")));

        tries.ShouldAllBe(t => t == null);
        (await Scalar<int>("select max(tries) from access.sign_in_count")).ShouldBe(6);
        (await SignIn(officer.Password)).ShouldBeNull();
    }

    [Fact]
    [Trait("Attack", "B09")]
    public async Task Somebody_elsewhere_keeps_nobody_out_of_a_browser_that_they_have_used_before()
    {
        var known = (await SignIn(officer.Password))!.Device;
        for (var i = 0; i < 60; i++)
        {
            await Send(new SignIn(Email, "a guess", Elsewhere with { Address = $"198.51.100.{i}" }));
        }

        (await Send(new SignIn(Email, officer.Password, Home))).ShouldBeNull("the account is paused for browsers that nobody knows");
        (await Send(new SignIn(Email, officer.Password, Home with { Device = known }))).ShouldNotBeNull();
        (await Send(new SignIn(Email, officer.Password, Home with { Device = known + "0" }))).ShouldBeNull("the cookie was made up");
    }

    [Fact]
    public async Task Another_officers_device_makes_nobody_known()
    {
        var other = await Send(new CreateOfficer("s.okafor@example.org", "Sam Okafor", ["officer"]));
        var device = (await Send(new SignIn("s.okafor@example.org", other.Password, Home)))!.Device;
        for (var i = 0; i < 7; i++)
        {
            await SignIn("a guess");
        }

        (await Send(new SignIn(Email, officer.Password, Home with { Device = device }))).ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_the_session_at_the_server()
    {
        var token = (await SignIn(officer.Password))!.Token;

        await Send(new SignOut(token));

        (await Send(new ResumeSession(token))).ShouldBeNull();
    }

    [Fact]
    public async Task An_officer_ends_their_own_sessions_elsewhere_and_nobody_elses()
    {
        var here = await Resume((await SignIn(officer.Password))!.Token);
        var there = (await SignIn(officer.Password))!.Token;
        var other = await Send(new CreateOfficer("s.okafor@example.org", "Sam Okafor", ["officer"]));
        var theirs = (await Send(new SignIn("s.okafor@example.org", other.Password, Home)))!.Token;

        (await AsOfficer(new ShowOwnAccount(here.Id))).Sessions.Count.ShouldBe(2);
        (await AsOfficer(new EndSessions(here.Id, (await Resume(theirs)).Id))).ShouldBe(0);
        (await AsOfficer(new EndSessions(here.Id, Session: null))).ShouldBe(1);

        (await Send(new ResumeSession(there))).ShouldBeNull();
        (await Send(new ResumeSession(theirs))).ShouldNotBeNull();
        (await AsOfficer(new ShowOwnAccount(here.Id))).Sessions.Single().IsPresent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_that_will_not_do_is_refused_beside_its_field_and_a_wrong_present_one_too()
    {
        var session = await Resume((await SignIn(officer.Password))!.Token);

        (await Should.ThrowAsync<ValidationException>(() => AsOfficer(new ChangeOwnPassword(session.Id, officer.Password, "Penhale teapots")))).Errors.Single().PropertyName.ShouldBe("NewPassword");
        (await Should.ThrowAsync<ValidationException>(() => AsOfficer(new ChangeOwnPassword(session.Id, "wrong", NewPassword)))).Errors.Single().PropertyName.ShouldBe("CurrentPassword");
        (await Should.ThrowAsync<ForbiddenException>(() => App.SendAsync(new ChangeOwnPassword(session.Id, officer.Password, NewPassword), new Actor(ActorKind.Client, "x"), Scopes.All))).Code.ShouldBe("officers-only");
    }

    [Fact]
    public async Task The_link_of_a_forgotten_password_works_once_for_half_an_hour()
    {
        var open = (await SignIn(officer.Password))!.Token;
        var token = await AskForLink();
        Clock.Advance(TimeSpan.FromMinutes(30));
        (await Send(new ReplaceForgottenPassword(token, NewPassword))).ShouldBeNull();

        token = await AskForLink();
        Clock.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1));
        (await Send(new IsResetLinkGood(token))).ShouldBeTrue();
        (await Send(new ReplaceForgottenPassword(token + "0", NewPassword))).ShouldBeNull();
        (await Send(new ReplaceForgottenPassword(token, NewPassword))).ShouldNotBeNull();
        (await Send(new ReplaceForgottenPassword(token, "four teapots on a lawn"))).ShouldBeNull();

        (await Send(new ResumeSession(open))).ShouldBeNull();
        (await SignIn(NewPassword)).ShouldNotBeNull();
        (await Scalar<long>("select count(*) from access.history where data like '%' || $1 || '%' or data like '%penhale%'", token)).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "B09")]
    public async Task Whoever_replaced_a_forgotten_password_is_not_kept_out_by_the_guesses_of_others()
    {
        for (var i = 0; i < 60; i++)
        {
            await Send(new SignIn(Email, "a guess", Elsewhere with { Address = $"198.51.100.{i}" }));
        }

        var device = await Send(new ReplaceForgottenPassword(await AskForLink(), NewPassword));

        (await Send(new SignIn(Email, NewPassword, Home with { Device = device }))).ShouldNotBeNull();
    }

    [Fact]
    [Trait("Attack", "B02")]
    public async Task A_link_is_sent_to_nobody_who_has_no_account_and_three_times_in_a_row_at_most()
    {
        await Send(new AskForPasswordReset("nobody@example.org"));
        (await Links()).ShouldBe(0);

        for (var i = 0; i < 6; i++)
        {
            await Send(new AskForPasswordReset(Email));
        }

        (await Links()).ShouldBe(4);
    }

    [Fact]
    [Trait("Attack", "B01")]
    public async Task Nobody_waits_longer_or_shorter_where_there_is_no_account()
    {
        async Task<double> MedianOf(string email)
        {
            var times = new List<double>();
            for (var i = 0; i < 15; i++)
            {
                var watch = Stopwatch.StartNew();
                await Send(new SignIn(email, "not the password", Home with { Address = $"203.0.113.{i}" }));
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            return times.Order().ElementAt(times.Count / 2);
        }

        await MedianOf("warm@example.org");
        var known = await MedianOf(Email);
        var unknown = await MedianOf("nobody@example.org");

        Math.Abs(known - unknown).ShouldBeLessThan(Math.Max(10, Math.Max(known, unknown) / 2));
    }

    protected override void Replace(IServiceCollection services) =>
        services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(o => o.IterationCount = 2_000);

    private Task<SignedIn?> SignIn(string password) => Send(new SignIn(Email, password, Home));

    private async Task<ResumedSession> Resume(string token) => (await Send(new ResumeSession(token))).ShouldNotBeNull();

    private Task<TResult> AsOfficer<TResult>(MediatR.IRequest<TResult> request) => App.SendAsync(request, new Actor(ActorKind.Officer, officer.Id.ToString()), []);

    private Task<long> Links() => Scalar<long>("select count(*) from platform.notification where kind = 'password-reset'");

    private async Task<string> AskForLink()
    {
        await Send(new AskForPasswordReset(Email));
        var content = await Scalar<string>("select encode(content, 'base64') from platform.notification where kind = 'password-reset' order by queued_at desc, id desc limit 1");
        var text = App.Services.GetRequiredService<MasterKey>().DecryptText(Notification.Purpose, Convert.FromBase64String(content.ReplaceLineEndings("")));
        var start = text.IndexOf("token=", StringComparison.Ordinal) + 6;
        return text[start..(start + 64)];
    }
}
