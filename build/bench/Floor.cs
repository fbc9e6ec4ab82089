using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Engagement.Build;

/// <summary>A bare Kestrel endpoint, in a process of its own, that writes as many bytes as it is asked for.</summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpSubject _http;

    private Floor(Process process, HttpSubject http)
    {
        _process = process;
        _http = http;
    }

    public static async Task<Floor> StartAsync()
    {
        var port = Subject.FreePort();
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--floor", port.ToString(CultureInfo.InvariantCulture)]) { UseShellExecute = false })!;
        var http = new HttpSubject(new Uri($"http://127.0.0.1:{port}"), new Dictionary<string, string>(StringComparer.Ordinal));
        await Subject.WaitUntilItAnswersAsync(http, "/1", process);
        return new Floor(process, http);
    }

    public static async Task ServeAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var bytes = new byte[4 * 1024 * 1024];
        app.MapGet("/{size:int}", (int size, HttpContext context) =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.ContentLength = size;
            return context.Response.Body.WriteAsync(bytes.AsMemory(0, size)).AsTask();
        });
        await app.RunAsync();
    }

    public Task<double> MedianAsync(int size, TimeSpan span) => _http.MedianAsync($"/{size}", span);

    public Task<double> RateAsync(int size, int clients, TimeSpan span) => _http.RateAsync($"/{size}", clients, span);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
