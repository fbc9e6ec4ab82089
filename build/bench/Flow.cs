using System.Globalization;
using System.Net;
using System.Text;

namespace Engagement.Build;

/// <summary>
/// A resident without JavaScript, from the first page to the receipt: each page is fetched and its form sent as a browser would, ten questions on three
/// pages, the details, the check and the confirmation. Beside it a bare Kestrel endpoint that answers as many requests with as many bytes.
/// </summary>
internal sealed class Flow(Uri address, string slug, Floor floor)
{
    private const int Clients = 16;

    /// <summary>Responses: until so many have been given, compiling in the last form takes up to a quarter of the processor. A process that serves a closing minute has run for longer.</summary>
    private const int WarmingUp = 6_000;

    private static readonly string Words = string.Join(' ', Enumerable.Repeat("the bus stop near our school should stay because older people walk there", 10));

    private static readonly string First = Fields(("shown", "q1"), ("shown", "q2"), ("shown", "q3"), ("shown", "q4"), ("answer-q1", "a"), ("answer-q2", "b"), ("answer-q3", "c"), ("answer-q4", "a"));
    private static readonly string Second = Fields(("shown", "q5"), ("shown", "q6"), ("shown", "q7"), ("shown", "q8"), ("answer-q5", "d"), ("answer-q6", "4"), ("answer-q7", "2"), ("answer-q8", "3"));
    private static readonly string Third = Fields(("shown", "q9"), ("shown", "q10"), ("answer-q9", Words), ("answer-q10", Words));
    private static readonly string Details = Fields(("ConsentToPublish", "true"));

    private int _responses;
    private int _requests;
    private int _bytes;

    public Workload Workload() => new(
        "the resident's whole flow without JavaScript (12 requests)", Clients, "responses/s",
        async span =>
        {
            // What is measured too shortly to say anything is not waited for.
            if (span >= TimeSpan.FromSeconds(1))
            {
                while (_responses < WarmingUp)
                {
                    await ForAsync(TimeSpan.FromSeconds(5));
                }

                // Since the last round the program has closed the connections that nobody used.
                await ForAsync(TimeSpan.FromSeconds(1));
            }

            return await ForAsync(span);
        },
        async span => await floor.RateAsync(_bytes / _requests, Clients, span) / _requests,
        "at least 300 on 2 cores",
        (value, _) => value >= 300);

    private async Task<double> ForAsync(TimeSpan span) => (await Throughput.OfAsync(Clients, span, () => Task.FromResult(new Browser(address)), RespondAsync)).Rate;

    private async Task RespondAsync(Browser browser)
    {
        browser.Forget();
        var at = $"/consultations/{slug}/respond";
        await browser.GetAsync(at);
        await browser.FillInAsync($"{at}/1", First);
        await browser.FillInAsync($"{at}/2", Second);
        await browser.FillInAsync($"{at}/3", Third);
        await browser.FillInAsync($"{at}/details", Details);
        var last = await browser.FillInAsync($"{at}/check", "");
        if (last != $"{at}/sent")
        {
            throw new StepFailedException("Responding by the pages", $"the check page led to {last}", "go through the form by hand and see why.");
        }

        await browser.GetAsync(last);
        (_requests, _bytes) = (browser.Requests, browser.Bytes);
        Interlocked.Increment(ref _responses);
    }

    /// <summary>As a form sends it; what is sent by everybody is spelt once.</summary>
    private static string Fields(params (string Name, string Value)[] fields) => string.Concat(fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}&"));

    /// <summary>No more of a browser than the measurement needs: it shares the processor with what is measured.</summary>
    private sealed class Browser(Uri address) : IAsyncDisposable
    {
        private const string TokenField = "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"";

        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
        private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address };

        public int Requests { get; private set; }

        public int Bytes { get; private set; }

        /// <summary>Somebody else sits down at it.</summary>
        public void Forget()
        {
            _cookies.Clear();
            (Requests, Bytes) = (0, 0);
        }

        public async Task<string> GetAsync(string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            return (await SendAsync(request, HttpStatusCode.OK)).Body;
        }

        /// <param name="fields">By <see cref="Fields"/>.</param>
        /// <returns>Where the form led.</returns>
        public async Task<string> FillInAsync(string path, string fields)
        {
            var page = await GetAsync(path);
            var token = page.AsSpan(page.IndexOf(TokenField, StringComparison.Ordinal) + TokenField.Length);
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Content = new StringContent($"{fields}__RequestVerificationToken={token[..token.IndexOf('"')]}", Encoding.ASCII, "application/x-www-form-urlencoded");
            return (await SendAsync(request, HttpStatusCode.Found)).Led;
        }

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<(string Body, string Led)> SendAsync(HttpRequestMessage request, HttpStatusCode expected)
        {
            if (_cookies.Count > 0)
            {
                request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            }

            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            Requests++;
            Bytes += body.Length;
            foreach (var cookie in answer.Headers.NonValidated.TryGetValues("Set-Cookie", out var set) ? set : default)
            {
                var (equals, end) = (cookie.IndexOf('=', StringComparison.Ordinal), cookie.IndexOf(';', StringComparison.Ordinal));
                _cookies[cookie[..equals]] = cookie[(equals + 1)..(end < 0 ? cookie.Length : end)];
            }

            return answer.StatusCode == expected ? (body, answer.Headers.Location?.OriginalString ?? "")
                : throw new StepFailedException(
                    $"Measuring {request.RequestUri}", string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}"), "go through the form by hand and see why.");
        }
    }
}
