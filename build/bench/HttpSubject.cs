using System.Buffers;
using System.Diagnostics;
using System.Net;

namespace Engagement.Build;

/// <summary>Somebody who asks over HTTP.</summary>
internal class HttpSubject : IDisposable
{
    private readonly HttpClient _http;

    public HttpSubject(Uri address, IReadOnlyDictionary<string, string> headers)
        : this(address, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 })
    {
        foreach (var (name, value) in headers)
        {
            _http.DefaultRequestHeaders.Add(name, value);
        }
    }

    public HttpSubject(Uri address, HttpMessageHandler handler) => _http = new HttpClient(handler) { BaseAddress = address };

    public async Task<double> MedianAsync(string path, TimeSpan span)
    {
        var times = new List<double>();
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < span || times.Count == 0;)
        {
            var before = Stopwatch.GetTimestamp();
            await GetAsync(path);
            times.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return Measurement.Median(times);
    }

    public async Task<double> RateAsync(string path, int clients, TimeSpan span)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; watch.Elapsed < span; count++)
            {
                await GetAsync(path);
            }

            return count;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <exception cref="StepFailedException">Another answer than 200: its time would be the time of something else.</exception>
    public async Task<int> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        var length = 0;
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            length += read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return answer.StatusCode == HttpStatusCode.OK
            ? length
            : throw new StepFailedException($"Measuring {path}", $"it answered {(int)answer.StatusCode}", "open the address in a browser and see why.");
    }

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }
}
