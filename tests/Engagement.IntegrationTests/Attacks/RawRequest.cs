using System.Net.Sockets;
using System.Text;

namespace Engagement.IntegrationTests.Attacks;

/// <summary>Bytes that no client would send.</summary>
internal static class RawRequest
{
    /// <summary>Sends the parts with a pause after each and reads until the server ends the connection.</summary>
    public static async Task<string> Send(Uri server, TimeSpan pause, params string[] parts)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", server.Port);
        await using var stream = client.GetStream();
        foreach (var part in parts)
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(part));
            await Task.Delay(pause);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, patience.Token);
        }
        catch (IOException)
        {
            // It hung up while there was more to read than it wanted.
        }

        return Encoding.Latin1.GetString(received.ToArray());
    }
}
