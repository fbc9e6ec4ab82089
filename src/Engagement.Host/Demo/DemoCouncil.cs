using Engagement.Access.Application;
using Engagement.Access.Application.Clients;
using Engagement.Access.Application.Officers;
using Engagement.Access.Application.Teams;
using Engagement.Consultations.Application;
using Engagement.Engagements.Application;
using Engagement.Kernel;
using Engagement.Platform.Notifications;
using Engagement.Platform.Persistence;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Engagement.Host.Demo;

/// <summary>
/// Loads the demonstration council: five situations, each by the commands that officers and the public send, on a clock that
/// is set to the instants of their stories.
/// </summary>
internal sealed class DemoCouncil(WebApplication program, ScenarioClock clock, string dataDirectory, IProgress<string> progress)
{
    private readonly IServiceProvider services = program.Services;

    /// <summary>Oldest first, so that references and lists follow the calendar. The last is the one that closes soon.</summary>
    private static readonly IReadOnlyList<string> Folders = ["1-loop-closed", "2-half-coded", "3-open", "4-planning", "5-closing"];

    /// <summary>Loads into an empty database; into any other nothing.</summary>
    /// <param name="configure">Tells the load's own services where the database, the keys and the messages lie.</param>
    /// <param name="clock">The real time.</param>
    /// <param name="replace">What a test puts in place of the program's services.</param>
    /// <exception cref="DemoLoadException">An earlier load was interrupted, or a step of this one was refused.</exception>
    public static async Task<DemoResult> LoadAsync(
        Action<WebApplicationBuilder> configure,
        TimeProvider clock,
        string dataDirectory,
        IProgress<string> progress,
        CancellationToken cancellationToken,
        Action<IServiceCollection>? replace = null)
    {
        var told = new ScenarioClock(clock);
        await using var program = Build(configure, told, replace);
        return await new DemoCouncil(program, told, dataDirectory, progress).LoadAsync(cancellationToken);
    }

    /// <summary>The program as ever but for its clock, and never started: it serves nobody and does nothing by itself.</summary>
    private static WebApplication Build(Action<WebApplicationBuilder> configure, ScenarioClock clock, Action<IServiceCollection>? replace)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.KeepToWhatAnOperatorNeeds();
        configure(builder);

        // Nobody in the demonstration exists, so their messages go to files whatever way is configured.
        builder.Configuration[$"{MailOptions.Section}:{nameof(MailOptions.Smtp)}:{nameof(MailOptions.SmtpOptions.Host)}"] = "";
        builder.Configuration[$"{MailOptions.Section}:{nameof(MailOptions.Notify)}:{nameof(MailOptions.NotifyOptions.ApiKey)}"] = "";
        builder.Services.AddEngagement(builder.Configuration);
        AccessTokenRegistration.AddAccessTokens(builder.Services);
        replace?.Invoke(builder.Services);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
        return builder.Build();
    }

    private async Task<DemoResult> LoadAsync(CancellationToken cancellationToken)
    {
        await using var record = await DemoRecord.HoldAsync(
            services.GetRequiredService<OwnerDataSource>(), () => progress.Report("Another program is loading the demonstration council: waiting for it"), cancellationToken);
        switch (await record.FindAsync(cancellationToken))
        {
            case { IsComplete: true } earlier:
                return new DemoResult(DemoState.LoadedEarlier, earlier);
            case { IsComplete: false }:
                throw new DemoLoadException($"The demonstration council in this database was not loaded to its end: the load was interrupted. {DemoLoadException.BeginAgain}");
            default:
                break;
        }

        if (await HoldsAnEngagement(cancellationToken))
        {
            return new DemoResult(DemoState.NotEmpty, Load: null);
        }

        var load = await record.BeginAsync(clock.GetUtcNow(), cancellationToken);
        await Load(load, cancellationToken);
        await record.CompleteAsync(clock.GetUtcNow(), cancellationToken);
        return new DemoResult(DemoState.Loaded, load with { IsComplete = true });
    }

    private async Task Load(DemoLoad load, CancellationToken cancellationToken)
    {
        var accounts = await CreateAccounts(cancellationToken);
        var office = new DemoOffice(
            services, new Actor(ActorKind.Officer, accounts.Author.Id.ToString()), new Actor(ActorKind.Officer, accounts.Approver.Id.ToString()), accounts.Team);
        var options = services.GetRequiredService<IOptions<ConsultationsOptions>>();
        for (var i = 0; i < Folders.Count; i++)
        {
            progress.Report($"Loading the demonstration council: {i + 1} of {Folders.Count}");
            var now = clock.GetUtcNow();
            var situation = DemoSituation.Read(Folders[i], UkTime.DateOf(now));
            await new DemoStory(Folders[i], situation, office, clock, options, now).Tell(cancellationToken);
        }

        await office.WorkAndSeal(cancellationToken);
        await DemoCredentials.WriteAsync(dataDirectory, load, accounts, cancellationToken);
    }

    private async Task<DemoAccounts> CreateAccounts(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(new Actor(ActorKind.Console, Environment.UserName), Guid.CreateVersion7().ToString());
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var team = await mediator.Send(new CreateTeam("Engagement and insight", "Corporate services"), cancellationToken);
        return new DemoAccounts(
            team,
            await mediator.Send(new CreateApiClient("Demonstration: writes", DemoOffice.AuthorScopes), cancellationToken),
            await mediator.Send(new CreateApiClient("Demonstration: approves", DemoOffice.ApproverScopes), cancellationToken),
            await mediator.Send(new CreateOfficer(
                DemoAccounts.AuthorEmail, "Sam Okafor (fictional)", [], MustChangePassword: false, [new RoleGiven("officer", team), new RoleGiven("analyst", team)]), cancellationToken),
            await mediator.Send(new CreateOfficer(DemoAccounts.ApproverEmail, "Ruth Penhale (fictional)", ["approver"], MustChangePassword: false), cancellationToken),
            await mediator.Send(new CreateOfficer(DemoAccounts.AdministratorEmail, "Imani Clarke (fictional)", ["administrator"], MustChangePassword: false), cancellationToken));
    }

    private async Task<bool> HoldsAnEngagement(CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(new Actor(ActorKind.Console, Environment.UserName), Guid.CreateVersion7().ToString());
        var any = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new ListEngagements(State: null, Department: null, Before: null, Take: 1), cancellationToken);
        return any.Count > 0;
    }
}

internal enum DemoState
{
    Loaded,

    /// <summary>The demonstration is there already, whole.</summary>
    LoadedEarlier,

    /// <summary>The database holds an engagement that is not the demonstration's.</summary>
    NotEmpty,
}

/// <param name="Load">Null where there is no demonstration.</param>
internal sealed record DemoResult(DemoState State, DemoLoad? Load);
