using System.Net.Http.Json;
using System.Text.Json;
using Engagement.FaultTests.Rig;
using Engagement.TestKit;

namespace Engagement.FaultTests.Closing;

/// <summary>Somebody with a browser of their own who sends one response after the other, and each one again until it has been answered.</summary>
/// <param name="calm">How many times longer than others they wait before each response, and before sending one again.</param>
internal sealed class Participant(int number, int seed, Uri address, string slug, ClientHistory history, int calm = 1) : IDisposable
{
    private readonly TimeSpan longestPause = calm * TimeSpan.FromMilliseconds(150);
    private readonly TimeSpan beforeRetry = calm * TimeSpan.FromMilliseconds(100);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    private readonly Random random = new(seed);

    /// <param name="last">No new response is begun from here on; one that was begun is still sent again.</param>
    /// <param name="giveUp">Nothing is sent again from here on.</param>
    /// <param name="over">As <paramref name="last"/>, where it is not known before.</param>
    public async Task Respond(DateTimeOffset last, DateTimeOffset giveUp, CancellationToken over = default)
    {
        for (var response = 1; Instants.Now < last && !over.IsCancellationRequested; response++)
        {
            var key = $"{slug}-{seed}-{number}-{response}";
            while (Instants.Now < giveUp && await Send(key, $"Response {response} of participant {number}: keep the stop at the church.") is { IsUnknown: true })
            {
                await Task.Delay(beforeRetry, CancellationToken.None);
            }

            await Task.Delay(random.NextDouble() * longestPause, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Attempt> Send(string key, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/public/consultations/{slug}/responses")
        {
            Content = JsonContent.Create(new { answers = new { view = text } }),
            Headers = { { "Idempotency-Key", key } },
        };
        var attempt = await Send(request, new Attempt(number, key, text, Instants.Now, default, null));
        history.Append(attempt);
        return attempt;
    }

    private async Task<Attempt> Send(HttpRequestMessage request, Attempt attempt)
    {
        try
        {
            using var answer = await http.SendAsync(request);
            attempt = attempt with { Ended = Instants.Now, Status = (int)answer.StatusCode, Replayed = answer.Headers.Contains("Idempotency-Replayed"), SaysWhen = answer.Headers.RetryAfter is not null };
            return answer.IsSuccessStatusCode
                ? attempt with { Reference = (await answer.Json()).GetProperty("reference").GetString() }
                : attempt with { Code = await answer.ProblemCode() };
        }
        catch (Exception broken) when (broken is HttpRequestException or TaskCanceledException)
        {
            return attempt with { Ended = Instants.Now };
        }
    }
}
