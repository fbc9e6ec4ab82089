using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Engagement.Build;

/// <summary>
/// A resident without JavaScript, from the first page to the receipt: each page is fetched and its form sent as a browser would, ten questions on three
/// pages, the details, the check and the confirmation. Beside it a bare Kestrel endpoint that answers as many requests with as many bytes.
/// </summary>
internal sealed partial class Flow(Uri address, string slug, Floor floor)
{
    private const int Clients = 16;

    /// <summary>Responses: until so many have been given, much of what runs is not compiled in its last form. A process that serves a closing minute has run for longer.</summary>
    private const int WarmingUp = 3_000;

    private static readonly string Words = string.Join(' ', Enumerable.Repeat("the bus stop near our school should stay because older people walk there", 10));

    private int _responses;
    private int _requests;
    private int _bytes;

    public Workload Workload() => new(
        "the resident's whole flow without JavaScript (12 requests)", Clients, "responses/s",
        async span =>
        {
            // What is measured too shortly to say anything is not waited for.
            while (span >= TimeSpan.FromSeconds(1) && _responses < WarmingUp)
            {
                await ForAsync(TimeSpan.FromSeconds(5));
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
        await browser.FillInAsync($"{at}/1", [("shown", "q1"), ("shown", "q2"), ("shown", "q3"), ("shown", "q4"), ("answer-q1", "a"), ("answer-q2", "b"), ("answer-q3", "c"), ("answer-q4", "a")]);
        await browser.FillInAsync($"{at}/2", [("shown", "q5"), ("shown", "q6"), ("shown", "q7"), ("shown", "q8"), ("answer-q5", "d"), ("answer-q6", "4"), ("answer-q7", "2"), ("answer-q8", "3")]);
        await browser.FillInAsync($"{at}/3", [("shown", "q9"), ("shown", "q10"), ("answer-q9", Words), ("answer-q10", Words)]);
        await browser.FillInAsync($"{at}/details", [("ConsentToPublish", "true")]);
        var last = await browser.FillInAsync($"{at}/check", []);
        if (last != $"{at}/sent")
        {
            throw new StepFailedException("Responding by the pages", $"the check page led to {last}", "go through the form by hand and see why.");
        }

        await browser.GetAsync(last);
        (_requests, _bytes) = (browser.Requests, browser.Bytes);
        Interlocked.Increment(ref _responses);
    }

    private sealed partial class Browser : IAsyncDisposable
    {
        private readonly CookieContainer _cookies = new();
        private readonly HttpClient _http;
        private readonly Uri _address;

        public Browser(Uri address)
        {
            _address = address;
            _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = address };
        }

        public int Requests { get; private set; }

        public int Bytes { get; private set; }

        /// <summary>Somebody else sits down at it.</summary>
        public void Forget()
        {
            foreach (Cookie cookie in _cookies.GetAllCookies())
            {
                cookie.Expired = true;
            }

            (Requests, Bytes) = (0, 0);
        }

        public Task<string> GetAsync(string path) => ReadAsync(() => _http.GetAsync(new Uri(_address, path)), path, HttpStatusCode.OK);

        /// <returns>Where the form led.</returns>
        public async Task<string> FillInAsync(string path, (string Name, string Value)[] fields)
        {
            var token = Token().Match(await GetAsync(path)).Groups[1].Value;
            using var form = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
            var led = "";
            await ReadAsync(
                async () =>
                {
                    var answer = await _http.PostAsync(new Uri(_address, path), form);
                    led = answer.Headers.Location?.OriginalString ?? "";
                    return answer;
                },
                path,
                HttpStatusCode.Found);
            return led;
        }

        public ValueTask DisposeAsync()
        {
            _http.Dispose();
            return ValueTask.CompletedTask;
        }

        private async Task<string> ReadAsync(Func<Task<HttpResponseMessage>> send, string path, HttpStatusCode expected)
        {
            using var answer = await send();
            var body = await answer.Content.ReadAsStringAsync();
            Requests++;
            Bytes += body.Length;
            return answer.StatusCode == expected ? body
                : throw new StepFailedException($"Measuring {path}", string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}"), "go through the form by hand and see why.");
        }

        [GeneratedRegex("""name="__RequestVerificationToken"[^>]* value="([^"]+)""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex Token();
    }
}
