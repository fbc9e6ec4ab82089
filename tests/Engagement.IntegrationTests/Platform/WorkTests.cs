using System.Security.Cryptography;
using Engagement.Kernel;
using Engagement.Platform.Work;
using Engagement.TestKit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Platform;

public sealed class WorkTests : IntegrationTest
{
    private static readonly Actor Asker = new(ActorKind.Officer, Guid.CreateVersion7().ToString());
    private static readonly Actor Colleague = new(ActorKind.Officer, Guid.CreateVersion7().ToString());
    private readonly Bench bench = new();

    [Fact]
    public async Task What_was_asked_for_is_done_once_and_its_file_comes_back_byte_for_byte()
    {
        bench.File = [.. "canary "u8, .. RandomNumberGenerator.GetBytes((2 * WorkFileWriter.PieceSize) + 17)];
        var id = await Ask();

        (await RunNext()).ShouldBeTrue();
        (await RunNext()).ShouldBeFalse();

        var view = await As(Asker, new ShowWork(id));
        view.State.ShouldBe(WorkState.Done);
        view.Message.ShouldBe("Done for red.");
        view.Percent.ShouldBe(100);
        view.File!.Size.ShouldBe(bench.File.Length);
        (await Download(Asker, id)).ShouldBe(bench.File);
        bench.Runs.ShouldBe(1);
        (await Scalar<long>("select count(*) from platform.work_chunk where position(convert_to('canary', 'UTF8') in content) > 0")).ShouldBe(0);
        (await Scalar<long>("select count(*) from platform.work_chunk")).ShouldBe(3);
        (await Scalar<long>("select count(*) from platform.history where aggregate_id = $1 and event = 'WorkFileTaken' and actor = $2", id.Value, Asker.ToString())).ShouldBe(1);
    }

    [Fact]
    public async Task Work_of_a_worker_that_was_killed_is_taken_up_at_the_end_of_its_lease_and_not_a_tick_sooner()
    {
        bench.File = RandomNumberGenerator.GetBytes(100);
        var id = await Ask();
        await AsAdministrator(
            $"""
            update platform.work set state = 'Running', attempts = 1, lease_until = '{Clock.Now.AddSeconds(60):O}';
            insert into platform.work_chunk (work_id, attempt, number, content) values ('{id}', 1, 0, 'half'), ('{id}', 1, 1, 'a file')
            """);

        Clock.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromMicroseconds(1));
        (await RunNext()).ShouldBeFalse();
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await RunNext()).ShouldBeTrue();

        (await Download(Asker, id)).ShouldBe(bench.File);
        (await Scalar<long>("select count(*) from platform.work_chunk where attempt = 1")).ShouldBe(0);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_and_wakes_up_again_changes_nothing()
    {
        bench.File = RandomNumberGenerator.GetBytes(100);
        var id = await Ask();
        bench.Gate = new TaskCompletionSource();
        var sleeping = Task.Run(RunNext);
        await bench.Started.Task;
        var gate = bench.Gate;
        bench.Gate = null;
        Clock.Advance(WorkRunner.Lease);

        (await RunNext()).ShouldBeTrue();
        var done = await As(Asker, new ShowWork(id));
        bench.File = RandomNumberGenerator.GetBytes(200);
        gate.SetResult();
        await sleeping;

        bench.Runs.ShouldBe(2);
        (await As(Asker, new ShowWork(id))).ShouldBe(done);
        (await Download(Asker, id)).Length.ShouldBe(100);
    }

    [Fact]
    public async Task Work_that_stopped_three_workers_in_the_middle_is_given_up()
    {
        var id = await Ask();
        await AsAdministrator($"update platform.work set state = 'Running', attempts = 3, lease_until = '{Clock.Now:O}'");

        await RunNext();

        bench.Runs.ShouldBe(0);
        (await As(Asker, new ShowWork(id))).State.ShouldBe(WorkState.Failed);
    }

    [Fact]
    public async Task A_process_that_stops_puts_its_work_back_for_the_next_one()
    {
        bench.Gate = new TaskCompletionSource();
        await Ask();
        using var stop = new CancellationTokenSource();
        var running = App.Services.GetRequiredService<WorkRunner>().RunNextAsync(stop.Token);
        await bench.Started.Task;

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        bench.Gate = null;

        (await Scalar<long>("select count(*) from platform.work where state = 'Queued' and attempts = 0")).ShouldBe(1);
        (await RunNext()).ShouldBeTrue();
        (await Scalar<string>("select state from platform.work")).ShouldBe("Done");
    }

    [Fact]
    public async Task Work_can_be_stopped_while_it_waits_and_while_it_is_under_way()
    {
        var waiting = await Ask("red");
        (await As(Asker, new CancelWork(waiting))).State.ShouldBe(WorkState.Cancelled);
        (await RunNext()).ShouldBeFalse();

        bench.Gate = new TaskCompletionSource();
        bench.File = RandomNumberGenerator.GetBytes(WorkFileWriter.PieceSize);
        var running = await Ask("green");
        var run = Task.Run(RunNext);
        await bench.Started.Task;
        (await As(Asker, new CancelWork(running))).Stopping.ShouldBeTrue();
        await bench.Beat();
        await run;

        (await As(Asker, new ShowWork(running))).State.ShouldBe(WorkState.Cancelled);
        (await Scalar<long>("select count(*) from platform.work_chunk")).ShouldBe(0);
        (await As(Asker, new CancelWork(running))).State.ShouldBe(WorkState.Cancelled);
        (await Scalar<long>("select count(*) from platform.history where event = 'WorkCancelled'")).ShouldBe(2);
    }

    [Fact]
    [Trait("Attack", "A12")]
    [Trait("Attack", "A14")]
    public async Task Only_who_asked_and_administrators_know_of_it_and_the_file_needs_the_right_to_what_is_in_it()
    {
        bench.File = [1, 2, 3];
        var id = await Ask();
        await RunNext();

        await Should.ThrowAsync<NotFoundException>(() => As(Colleague, new ShowWork(id)));
        await Should.ThrowAsync<NotFoundException>(() => As(Colleague, new CancelWork(id)));
        await Should.ThrowAsync<NotFoundException>(() => As(Colleague, new TakeWorkFile(id)));
        (await As(Colleague, new ListOwnWork())).ShouldBeEmpty();
        (await As(Asker, new ListOwnWork(Kind: Bench.Name))).Single().Id.ShouldBe(id);
        (await App.SendAsync(new ShowWork(id), Colleague, ["consultations:read", "administration:read"])).State.ShouldBe(WorkState.Done);

        bench.Refuses = true;
        await Should.ThrowAsync<ForbiddenException>(() => As(Asker, new TakeWorkFile(id)));
        await Should.ThrowAsync<ForbiddenException>(() => App.SendAsync(new TakeWorkFile(id), Colleague, ["consultations:read", "administration:read"]));
        (await Scalar<long>("select count(*) from platform.history where event = 'WorkFileTaken'")).ShouldBe(0);
    }

    [Fact]
    [Trait("Attack", "A12")]
    public async Task A_file_is_given_out_until_the_instant_it_expires_and_then_removed()
    {
        bench.File = [1, 2, 3];
        var id = await Ask();
        await RunNext();

        Clock.Advance(WorkRunner.KeptFor - TimeSpan.FromMicroseconds(1));
        await RunJob<ClearExpiredWorkJob>();
        (await Download(Asker, id)).ShouldBe(bench.File);
        Clock.Advance(TimeSpan.FromMicroseconds(1));
        (await Should.ThrowAsync<RuleBrokenException>(() => Download(Asker, id))).Code.ShouldBe("file-expired");
        (await As(Asker, new ShowWork(id))).FileRemoved.ShouldBeTrue();
        await RunJob<ClearExpiredWorkJob>();

        (await Scalar<long>("select count(*) from platform.work_chunk")).ShouldBe(0);
        (await As(Asker, new ShowWork(id))).File.ShouldBeNull();
    }

    [Fact]
    [Trait("Attack", "G09")]
    public async Task Many_who_read_a_file_slowly_hold_no_connection_to_the_database()
    {
        bench.File = RandomNumberGenerator.GetBytes((2 * WorkFileWriter.PieceSize) + 1);
        var id = await Ask();
        await RunNext();
        var file = await As(Asker, new TakeWorkFile(id));
        var slow = Enumerable.Range(0, 200).Select(_ => new StalledStream()).ToList();
        var reading = slow.Select(stream => file.WriteToAsync(stream, CancellationToken.None)).ToList();
        await Task.WhenAll(slow.Select(stream => stream.Reached.Task)).WaitAsync(TimeSpan.FromMinutes(1));

        // More than a pool has connections; each of them has its first piece and does not take it.
        (await Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()")).ShouldBe(0);

        slow.ForEach(stream => stream.GoOn.SetResult());
        await Task.WhenAll(reading);
        slow.ShouldAllBe(stream => stream.Taken == bench.File.Length);
    }

    [Fact]
    [Trait("Attack", "G04")]
    public async Task The_same_request_is_not_begun_twice_and_one_person_has_five_unfinished_at_most()
    {
        var first = await Ask("red");
        (await Ask("red")).ShouldBe(first);
        foreach (var colour in new[] { "green", "blue", "black", "white" })
        {
            await Ask(colour);
        }

        (await Should.ThrowAsync<RuleBrokenException>(() => Ask("grey"))).Code.ShouldBe("too-much-work");
        await RunNext();
        (await Ask("grey")).ShouldNotBe(first);
        (await Ask("red", Colleague)).ShouldNotBe(first);
    }

    [Fact]
    public async Task A_rule_that_says_no_is_told_and_anything_else_only_by_its_kind()
    {
        bench.Failure = new RuleBrokenException("no-questions", "There are no questions to export.");
        var refused = await Ask("red");
        await RunNext();
        bench.Failure = new InvalidOperationException("canary@example.org");
        var failed = await Ask("green");
        await RunNext();

        (await As(Asker, new ShowWork(refused))).Message.ShouldBe("There are no questions to export.");
        var view = await As(Asker, new ShowWork(failed));
        view.State.ShouldBe(WorkState.Failed);
        view.Message!.ShouldContain("InvalidOperationException");
        view.Message!.ShouldNotContain("canary");
    }

    protected override void Replace(IServiceCollection services) => services.AddSingleton<IWorkHandler>(bench);

    private async Task<WorkId> Ask(string colour = "red", Actor? by = null)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        return await As(by ?? Asker, new AskForWork(Bench.Name, $"A {colour} bench", new Wish(colour, 1)));
    }

    private Task<TResult> As<TResult>(Actor actor, IRequest<TResult> request) => App.SendAsync(request, actor, ["consultations:read"]);

    private Task<bool> RunNext() => App.Services.GetRequiredService<WorkRunner>().RunNextAsync(CancellationToken.None);

    private async Task<byte[]> Download(Actor actor, WorkId id)
    {
        var file = await As(actor, new TakeWorkFile(id));
        using var stream = new MemoryStream();
        await file.WriteToAsync(stream, CancellationToken.None);
        return stream.ToArray();
    }

    private sealed record Wish(string Colour, int Seats);

    /// <summary>Takes nothing until it is told to go on.</summary>
    private sealed class StalledStream : MemoryStream
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Taken { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Reached.TrySetResult();
            await GoOn.Task;
            Taken += buffer.Length;
        }
    }

    /// <summary>Does work as the test tells it to.</summary>
    private sealed class Bench : IWorkHandler
    {
        public const string Name = "bench";
        private WorkRun? current;

        public string Kind => Name;

        public byte[] File { get; set; } = [];

        public Exception? Failure { get; set; }

        public bool Refuses { get; set; }

        /// <summary>The work waits for it, once it has begun.</summary>
        public TaskCompletionSource? Gate { get; set; }

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Runs { get; private set; }

        public Task CheckRightAsync(WorkParameters parameters, CancellationToken cancellationToken) =>
            Refuses ? throw ForbiddenException.Lacks("participation:read") : Task.CompletedTask;

        public async Task<string> RunAsync(WorkRun run, CancellationToken cancellationToken)
        {
            Runs++;
            current = run;
            var file = File;
            if (file.Length > 0)
            {
                await run.CreateFile("bench.bin", "application/octet-stream").WriteAsync(file, cancellationToken);
            }

            await run.ReportAsync(1, 2, "Sawing");
            Started.TrySetResult();
            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(cancellationToken);
            }

            return Failure is null ? $"Done for {run.Parameters.As<Wish>().Colour}." : throw Failure;
        }

        /// <summary>Looks again, as a worker does all the while.</summary>
        public async Task Beat()
        {
            await Task.Delay(TimeSpan.FromSeconds(1.05));
            await current!.ReportAsync(1);
        }
    }
}
