using System.Text;
using Engagement.Access.Application;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.Teams;
using Engagement.Access.Contracts;
using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.Consultations.Application;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Security;
using Engagement.Platform.Work;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;
using Engagement.TestKit.Demo;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>The demonstration council with what attackers look for besides: a draft that nobody may know of, an officer of another team, long work of somebody else.</summary>
public sealed class GuardedCouncil : IAsyncLifetime
{
    /// <summary>Stands in the title and the summary of the draft, and nowhere else.</summary>
    public const string Secret = "Quillfeather";

    public LoadedCouncil Council { get; } = new();

    public RunningApplication Program => Council.Program;

    public string DraftId { get; private set; } = "";

    public string DraftSlug { get; private set; } = "";

    public string DraftDocumentId { get; private set; } = "";

    /// <summary>Holds every role but that of an administrator, in a team to which nothing belongs.</summary>
    public OfficerId OfficerOfAnotherTeam { get; private set; }

    /// <summary>Has no role at all.</summary>
    public OfficerId OfficerWithoutRole { get; private set; }

    public OfficerId Administrator { get; private set; }

    /// <summary>Work that the administrator has asked for.</summary>
    public WorkId SomebodysWork { get; private set; }

    public async Task InitializeAsync()
    {
        await Council.InitializeAsync();
        var engagement = new EngagementId(Guid.Parse(await Council.Value<string>("select engagement_id::text from consultations.consultation where status = 'Open' order by closes_at desc limit 1")));
        var draft = await Program.SendAsync(new CreateConsultation(engagement, SampleConsultation.Details with { Title = $"The closure of {Secret} Lodge", Summary = $"{Secret} Lodge would close." }));
        var document = await Program.SendAsync(new AddDocument(draft.Id, draft.Version, "secret.txt", "text/plain", Encoding.UTF8.GetBytes($"{Secret} Lodge")));
        (DraftId, DraftSlug, DraftDocumentId) = (draft.Id.ToString(), draft.Slug, document.Document.Id.ToString());

        var team = await Program.SendAsync(new CreateTeam("Strangers", "Elsewhere"));
        OfficerOfAnotherTeam = (await Program.SendAsync(new CreateOfficer(
            "stranger@example.org", "Stranger", [], MustChangePassword: false, [.. new[] { "officer", "approver", "analyst", "moderator" }.Select(role => new RoleGiven(role, team))]))).Id;
        OfficerWithoutRole = (await Program.SendAsync(new CreateOfficer("nobody@example.org", "Nobody", ["member"], MustChangePassword: false))).Id;
        await Program.SendAsync(new AssignRoles(OfficerWithoutRole, []));
        Administrator = (await Program.SendAsync(new CreateOfficer("attacked@example.org", "Administrator", ["administrator"], MustChangePassword: false))).Id;
        var answered = new ConsultationId(Guid.Parse(await Council.Value<string>("select consultation_id::text from closing_the_loop.commitment limit 1")));
        SomebodysWork = await Program.SendAsync(new AskForResponsesExport(answered), new Actor(ActorKind.Officer, Administrator.ToString()), Scopes.All);
    }

    public Task DisposeAsync() => Council.DisposeAsync();

    /// <summary>Everything that the database holds.</summary>
    internal Task<RecordedState> State() => RecordedState.Of(Program.Services.GetRequiredService<NpgsqlDataSource>());
}

/// <summary>Tests that attack one council, one after the other; each shows that it has changed nothing.</summary>
[CollectionDefinition(Name)]
public sealed class AttacksOnOneCouncil : ICollectionFixture<GuardedCouncil>
{
    public const string Name = "Attacks on one council";
}
