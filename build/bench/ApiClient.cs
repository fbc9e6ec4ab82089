using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Engagement.Build;

/// <summary>A client of the API: shows a token with each request, and fetches the next one before it expires. Asks one thing after the other.</summary>
/// <param name="created">What 'client create' has said.</param>
internal sealed class ApiClient(Uri address, string created) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    /// <summary>Of the fifteen minutes for which a token is good.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private (AuthenticationHeaderValue Token, long FetchedAt)? _known;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_known is not { } known || Stopwatch.GetElapsedTime(known.FetchedAt) > Kept)
        {
            _known = known = (new AuthenticationHeaderValue("Bearer", await FetchAsync(cancellationToken)), Stopwatch.GetTimestamp());
        }

        request.Headers.Authorization = known.Token;
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = ValueOf("client_id: "),
            ["client_secret"] = ValueOf("client_secret: "),
        });
        using var answer = await http.PostAsync(new Uri("/api/v1/oauth/token", UriKind.Relative), form, cancellationToken);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return document.RootElement.GetProperty("access_token").GetString()!;

        string ValueOf(string label) => created.Split('\n').Single(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].Trim();
    }
}
