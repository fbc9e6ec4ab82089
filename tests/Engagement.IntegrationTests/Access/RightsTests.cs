using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.SigningIn;
using Engagement.Access.Application.Teams;
using Engagement.Access.Contracts;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Application;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Application;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Engagements;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Access;

/// <summary>An officer's rights reach as far as their assignments: everywhere, a team's engagements, or one engagement.</summary>
public sealed class RightsTests : IntegrationTest
{
    private static readonly EngagementPlan Plan = SamplePlan.Complete;
    private TeamId roads;
    private TeamId libraries;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        roads = await Send(new CreateTeam("Roads", "Highways"));
        libraries = await Send(new CreateTeam("Libraries", "Culture"));
    }

    [Fact]
    public async Task An_officer_changes_and_approves_what_belongs_to_their_team_and_reads_everybodys_plans()
    {
        var officer = await Officer(new RoleGiven("officer", roads), new RoleGiven("approver", roads));
        var ours = await Send(new CreateEngagement(Plan, [roads]));
        var theirs = await Send(new CreateEngagement(Plan, [libraries]));
        var nobodys = await Send(new CreateEngagement(Plan));

        (await As(officer, new GetEngagement(theirs.Id))).Title.ShouldBe(Plan.Title);
        (await As(officer, new SubmitPlan(ours.Id))).State.ShouldBe(EngagementState.InReview);
        foreach (var other in new[] { theirs.Id, nobodys.Id })
        {
            (await Refused(officer, new SubmitPlan(other))).ShouldBe("not-your-team");
            (await Refused(officer, new EditPlan(other, Plan with { Title = "Mine" }, 1))).ShouldBe("not-your-team");
            (await Refused(officer, new ApproveEngagement(other, 1))).ShouldBe("not-your-team");
            (await Refused(officer, new CreateConsultation(other, SampleConsultation.Details))).ShouldBe("not-your-team");
        }
    }

    [Fact]
    public async Task The_rights_for_an_engagement_are_the_rights_for_its_consultations_and_their_responses()
    {
        var officer = await Officer(new RoleGiven("officer", roads));
        var ours = await Consultation(roads);
        var theirs = await Consultation(libraries);

        // Nothing was asked in it yet, which only the handler knows: the pipeline has let the request through.
        await Should.ThrowAsync<NotFoundException>(() => As(officer, new ListResponses(ours)));
        await As(officer, new ShowConsultation(theirs));
        (await Refused(officer, new ListResponses(theirs))).ShouldBe("not-your-team");
        (await Refused(officer, new WithdrawConsultation(theirs, "Mine"))).ShouldBe("not-your-team");
        (await As(officer, new WithdrawConsultation(ours, "No longer needed"))).Status.ShouldBe(ConsultationStatus.Withdrawn);
    }

    [Fact]
    public async Task A_right_that_is_held_nowhere_is_refused_as_such_and_what_is_not_there_is_not_found()
    {
        var officer = await Officer(new RoleGiven("officer", roads));
        var ours = await Send(new CreateEngagement(Plan, [roads]));

        (await Refused(officer, new ApproveEngagement(ours.Id, 1))).ShouldBe("insufficient-scope");
        await Should.ThrowAsync<NotFoundException>(() => As(officer, new SubmitPlan(EngagementId.New())));
    }

    [Fact]
    public async Task A_role_for_one_engagement_counts_for_that_one_alone()
    {
        var ours = await Send(new CreateEngagement(Plan, [roads]));
        var next = await Send(new CreateEngagement(Plan, [roads]));
        var officer = await Officer(new RoleGiven("officer", Engagement: ours.Id));

        (await As(officer, new SubmitPlan(ours.Id))).State.ShouldBe(EngagementState.InReview);
        (await Refused(officer, new SubmitPlan(next.Id))).ShouldBe("not-your-team");
    }

    [Fact]
    public async Task Who_holds_a_right_everywhere_needs_no_team()
    {
        var officer = await Officer(new RoleGiven("officer"));
        var nobodys = await As(officer, new CreateEngagement(Plan));

        (await As(officer, new SubmitPlan(nobodys.Id))).State.ShouldBe(EngagementState.InReview);
        (await Send(new FindTeamsOfEngagement(nobodys.Id))).ShouldBe([]);
    }

    [Fact]
    public async Task A_new_engagement_belongs_to_its_creators_team()
    {
        var officer = await Officer(new RoleGiven("officer", roads));

        var created = await As(officer, new CreateEngagement(Plan));

        (await Send(new FindTeamsOfEngagement(created.Id))).ShouldBe([roads]);
        (await As(officer, new SubmitPlan(created.Id))).State.ShouldBe(EngagementState.InReview);
        (await Should.ThrowAsync<ValidationException>(() => As(officer, new CreateEngagement(Plan, [libraries])))).Errors.Single().PropertyName.ShouldBe("Teams");
        (await Should.ThrowAsync<ValidationException>(() => As(officer, new CreateEngagement(Plan, [roads, TeamId.New()])))).Errors.Single().PropertyName.ShouldBe("Teams");
    }

    [Fact]
    public async Task Whoever_works_in_several_teams_chooses_one()
    {
        var officer = await Officer(new RoleGiven("officer", roads), new RoleGiven("officer", libraries));

        (await Should.ThrowAsync<ValidationException>(() => As(officer, new CreateEngagement(Plan)))).Message.ShouldContain("Choose the team");
        var created = await As(officer, new CreateEngagement(Plan, [libraries]));

        (await Send(new FindTeamsOfEngagement(created.Id))).ShouldBe([libraries]);
    }

    [Fact]
    public async Task Several_teams_may_share_an_engagement_and_nobody_gives_it_away_altogether()
    {
        var officer = await Officer(new RoleGiven("officer", roads));
        var librarian = await Officer(new RoleGiven("officer", libraries));
        var shared = await As(officer, new CreateEngagement(Plan));
        (await Refused(librarian, new AssignTeams(shared.Id, [libraries]))).ShouldBe("not-your-team");

        await As(officer, new AssignTeams(shared.Id, [roads, libraries]));

        await As(librarian, new SubmitPlan(shared.Id));
        (await Should.ThrowAsync<RuleBrokenException>(() => As(officer, new AssignTeams(shared.Id, [libraries])))).Code.ShouldBe("keep-a-team-of-yours");
        (await Scalar<long>("select count(*) from engagements.history where aggregate_id = $1 and event = 'EngagementGivenToTeams'", shared.Id.Value)).ShouldBe(2);
    }

    [Fact]
    public async Task When_a_team_becomes_part_of_another_its_officers_and_engagements_go_over_and_the_history_stays()
    {
        var officer = await Officer(new RoleGiven("officer", libraries));
        var engagement = await As(officer, new CreateEngagement(Plan));

        await Send(new MergeTeam(libraries, roads, "One team from April"));
        await App.DeliverEventsAsync();

        (await Send(new FindTeamsOfEngagement(engagement.Id))).ShouldBe([roads]);
        (await As(officer, new SubmitPlan(engagement.Id))).State.ShouldBe(EngagementState.InReview);
        (await Send(new ListTeams())).Single(t => t.Id == libraries).Successor.ShouldBe("Roads");
        (await Should.ThrowAsync<ValidationException>(() => Send(new CreateEngagement(Plan, [libraries])))).Errors.Single().PropertyName.ShouldBe("Teams");
        (await Scalar<long>("select count(*) from access.history where event = 'OfficerAssigned' and data like '%' || $1 || '%' || $2 || '%'", libraries.Value.ToString(), roads.Value.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task A_team_is_closed_once_nobody_has_a_role_in_it()
    {
        var officer = await Officer(new RoleGiven("officer", libraries));
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new CloseTeam(libraries, "No longer")))).Code.ShouldBe("team-has-officers");

        await Send(new AssignRoles(officer, [new RoleGiven("officer", roads)]));
        await Send(new CloseTeam(libraries, "No longer"));

        (await Should.ThrowAsync<ValidationException>(() => Send(new AssignRoles(officer, [new RoleGiven("officer", libraries)])))).Errors.Single().PropertyName.ShouldBe("Roles");
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new ChangeTeam(libraries, "Books", "Culture")))).Code.ShouldBe("team-is-closed");
        await Send(new CreateTeam("Libraries", "Culture"));
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new CreateTeam("LIBRARIES", "Culture")))).Code.ShouldBe("team-exists");
    }

    [Fact]
    public async Task The_last_administrator_keeps_their_rights()
    {
        var first = await Officer(new RoleGiven("administrator"));
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new AssignRoles(first, [new RoleGiven("officer")])))).Code.ShouldBe("last-administrator");
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new DisableOfficer(first, "Left")))).Code.ShouldBe("last-administrator");

        var second = await Officer(new RoleGiven("administrator"));
        await Send(new DisableOfficer(first, "Left"));

        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new AssignRoles(second, [])))).Code.ShouldBe("last-administrator");
        await Send(new EnableOfficer(first, "Is back"));
        await Send(new AssignRoles(second, []));
    }

    [Fact]
    public async Task Of_two_administrators_who_disable_each_other_at_one_instant_one_stays()
    {
        OfficerId[] both = [await Officer(new RoleGiven("administrator")), await Officer(new RoleGiven("administrator"))];

        var refused = await Task.WhenAll(both.Select(async officer =>
        {
            try
            {
                await Send(new DisableOfficer(officer, "Quarrel"));
                return 0;
            }
            catch (RuleBrokenException e) when (e.Code == "last-administrator")
            {
                return 1;
            }
        }));

        refused.Sum().ShouldBe(1);
        (await Scalar<long>("select count(*) from access.officer where disabled_at is null")).ShouldBe(1);
    }

    [Fact]
    public async Task Administrators_and_auditors_are_the_whole_councils()
    {
        var officer = await Officer(new RoleGiven("officer"));

        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new AssignRoles(officer, [new RoleGiven("administrator", roads)])))).Code.ShouldBe("role-is-council-wide");
        (await Should.ThrowAsync<RuleBrokenException>(() => Send(new AssignRoles(officer, [new RoleGiven("king")])))).Code.ShouldBe("unknown-role");
    }

    [Fact]
    public async Task A_page_can_ask_before_it_offers_a_button()
    {
        var officer = await Officer(new RoleGiven("officer", roads));
        var ours = await Consultation(roads);
        var theirs = await Consultation(libraries);
        await using var scope = await ScopeOf(officer);
        var rights = scope.ServiceProvider.GetRequiredService<IRights>();

        (await rights.May("consultations:write", ours, default)).ShouldBeTrue();
        (await rights.May("consultations:write", theirs, default)).ShouldBeFalse();
        (await rights.May("consultations:read", theirs, default)).ShouldBeTrue();
        (await rights.May("consultations:approve", ours, default)).ShouldBeFalse();
    }

    private async Task<OfficerId> Officer(params RoleGiven[] roles) =>
        (await Send(new CreateOfficer($"{Guid.CreateVersion7():N}@example.org", "An officer", [], MustChangePassword: false, roles))).Id;

    private async Task<ConsultationId> Consultation(TeamId team)
    {
        var engagement = await Send(new CreateEngagement(Plan, [team]));
        return (await Send(new CreateConsultation(engagement.Id, SampleConsultation.Details))).Id;
    }

    private async Task<AsyncServiceScope> ScopeOf(OfficerId officer)
    {
        var session = (await Send(new ResumeSession(await Send(new OpenSession(officer)))))!;
        var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(new Actor(ActorKind.Officer, officer.ToString()), "test", session.Everywhere, session.InPlaces);
        return scope;
    }

    private async Task<TResult> As<TResult>(OfficerId officer, IRequest<TResult> request)
    {
        await using var scope = await ScopeOf(officer);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    private async Task<string> Refused<TResult>(OfficerId officer, IRequest<TResult> request) => (await Should.ThrowAsync<ForbiddenException>(() => As(officer, request))).Code;
}
