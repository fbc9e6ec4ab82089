using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Engagement.FaultTests.Workers;

/// <summary>A message that was accepted, and so counts as delivered, whether or not its sender lived to hear of it.</summary>
/// <param name="From">The header as it came: it tells the workers apart.</param>
internal sealed record SunkMessage(string MessageId, string Recipient, string From, string Subject);

/// <summary>A mail server (RFC 5321) that takes everything and keeps what tells messages apart.</summary>
internal sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly TimeSpan slowness;
    private readonly Action<SunkMessage> accepted;
    private readonly ConcurrentQueue<SunkMessage> messages = new();
    private readonly ConcurrentDictionary<Task, bool> conversations = new();
    private readonly Task accepting;

    /// <param name="slowness">How long it takes over each message before it accepts it.</param>
    /// <param name="accepted">Called with each message after it was kept and before its sender is told.</param>
    public MailSink(TimeSpan slowness, Action<SunkMessage> accepted)
    {
        this.slowness = slowness;
        this.accepted = accepted;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether it hangs up on everybody who calls, and at their next word on those who had called before.</summary>
    public bool IsDown { get; set; }

    /// <summary>In the order of acceptance.</summary>
    public IReadOnlyCollection<SunkMessage> Messages => messages;

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
                var conversation = Converse(await listener.AcceptTcpClientAsync(stop.Token));
                conversations[conversation] = true;
                _ = conversation.ContinueWith(ended => conversations.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Converse(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.UTF8);
                await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\r\n", AutoFlush = true };
                await Converse(reader, writer);
            }
            catch (Exception broken) when (broken is IOException or OperationCanceledException)
            {
                // The sender was killed, or the test is over: what was not accepted was not delivered.
            }
        }
    }

    private async Task Converse(StreamReader reader, StreamWriter writer)
    {
        if (IsDown)
        {
            return;
        }

        await writer.WriteLineAsync("220 sink");
        var recipient = "";
        while (await reader.ReadLineAsync(stop.Token) is { } line && !IsDown)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "RCPT":
                    recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var message = await ReadMessage(reader, recipient);
                    await Task.Delay(slowness, stop.Token);
                    messages.Enqueue(message);
                    accepted(message);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private async Task<SunkMessage> ReadMessage(StreamReader reader, string recipient)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var inBody = false;
        while (await reader.ReadLineAsync(stop.Token) is { } line and not ".")
        {
            inBody |= line.Length == 0;
            if (!inBody && line.Split(": ", 2) is [var name, var value])
            {
                headers[name] = value;
            }
        }

        return new SunkMessage(headers["Message-ID"], recipient, headers["From"], headers["Subject"]);
    }
}
