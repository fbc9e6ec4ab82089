using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Engagement.FaultTests.Rig;

/// <summary>
/// Stands between the program and PostgreSQL, and takes answers away at the worst moment: once the database has committed, and before the program hears of it.
/// Or it lets nothing through for a while, as a line that is dead and of which nobody is told; or it is late, or slow, or resets connections.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    /// <summary>Single bytes, and so many in a millisecond at most: 20 kB a second.</summary>
    private const int BytesInAMillisecond = 20;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private readonly CancellationTokenSource stop = new();
    /// <summary>Each with what resets it.</summary>
    private readonly ConcurrentDictionary<Task, TaskCompletionSource> conversations = new();
    private readonly Task accepting;
    private int toCut;
    private int cut;
    private int singleBytes;

    /// <param name="target">The port of the server on this machine.</param>
    public TcpProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What is on its way waits, in both directions.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Everything arrives a byte at a time, in both directions.</summary>
    public bool IsTrickle { get; set; }

    /// <summary>How many bytes arrived so.</summary>
    public int SingleBytes => Volatile.Read(ref singleBytes);

    /// <summary>By how much the server's answers are late: half of it at least, one and a half times at most.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How many answers were taken away so far.</summary>
    public int Cut => Volatile.Read(ref cut);

    /// <summary>The next answers that say that rows were inserted and committed never come: the connection is reset instead.</summary>
    public void CutAnswers(int number) => Interlocked.Exchange(ref toCut, number);

    /// <summary>Resets each of the connections that are open with that chance.</summary>
    /// <returns>How many.</returns>
    public int Reset(Random random, double share) => conversations.Values.Count(reset => random.NextDouble() < share && reset.TrySetResult());

    /// <summary>Lets everything through from now on.</summary>
    public void Heal()
    {
        CutAnswers(0);
        (IsSilent, IsTrickle, Latency) = (false, false, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(conversations.Keys);
        stop.Dispose();
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var reset = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var conversation = Converse(await listener.AcceptSocketAsync(stop.Token), reset.Task);
                conversations[conversation] = reset;
                _ = conversation.ContinueWith(ended => conversations.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Converse(Socket program, Task reset)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        program.NoDelay = true;
        using (program)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                await await Task.WhenAny(Pump(program, server, isAnswer: false), Pump(server, program, isAnswer: true), reset);
            }
            catch (Exception broken) when (broken is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two has gone: the other is told by the end of its connection.
            }

            // A reset, as by a broken line: nothing that is still on its way arrives.
            program.LingerState = new LingerOption(enable: true, seconds: 0);
            server.LingerState = new LingerOption(enable: true, seconds: 0);
        }
    }

    private async Task Pump(Socket from, Socket to, bool isAnswer)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReceiveAsync(buffer, stop.Token)) > 0 && !(isAnswer && TakeAway(buffer.AsMemory(0, read))))
        {
            if (isAnswer && Latency is var latency && latency > TimeSpan.Zero)
            {
                await Task.Delay(latency * (0.5 + Random.Shared.NextDouble()), stop.Token);
            }

            while (IsSilent)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), stop.Token);
            }

            for (var sent = 0; sent < read;)
            {
                if (IsTrickle && sent % BytesInAMillisecond == 0)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(1), stop.Token);
                }

                var alone = IsTrickle;
                sent += await to.SendAsync(buffer.AsMemory(sent, alone ? 1 : read - sent), stop.Token);
                if (alone)
                {
                    Interlocked.Increment(ref singleBytes);
                }
            }
        }
    }

    /// <summary>PostgreSQL says how many rows were inserted together with being ready again outside a transaction: then they are committed.</summary>
    private bool TakeAway(ReadOnlyMemory<byte> answer)
    {
        if (Volatile.Read(ref toCut) <= 0 || answer.Span.IndexOf("INSERT 0 "u8) < 0 || answer.Span.IndexOf("INSERT 0 0\0"u8) >= 0 || !answer.Span.EndsWith("Z\0\0\0\u0005I"u8) || Interlocked.Decrement(ref toCut) < 0)
        {
            return false;
        }

        Interlocked.Increment(ref cut);
        return true;
    }
}
