using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.IntegrationTests.Engagements;

/// <summary>Three clients, because whoever wrote a plan may neither review nor approve it.</summary>
public abstract class EngagementsTest : IntegrationTest
{
    private static readonly JsonSerializerOptions Wire = CreateWire();

    protected HttpClient Author { get; private set; } = null!;

    protected HttpClient Reviewer { get; private set; } = null!;

    protected HttpClient Approver { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Author = await Client("engagements:read", "engagements:write");
        Reviewer = await Client("engagements:read", "engagements:approve");
        Approver = await Client("engagements:read", "engagements:approve");
    }

    public override async Task DisposeAsync()
    {
        Author.Dispose();
        Reviewer.Dispose();
        Approver.Dispose();
        await base.DisposeAsync();
    }

    internal async Task<Guid> Created(EngagementPlan? plan = null) =>
        (await Author.PostAsJsonAsync("/api/v1/engagements", plan ?? SamplePlan.Complete, Wire).Success()).GetProperty("id").GetGuid();

    internal async Task<Guid> InReview(EngagementPlan? plan = null)
    {
        var id = await Created(plan);
        await Author.PostAsync(At(id, "submission"), null).Success();
        return id;
    }

    internal async Task<Guid> Reviewed(EngagementPlan? plan = null)
    {
        var id = await InReview(plan);
        await ReviewAll(id, planVersion: 1);
        return id;
    }

    internal async Task<Guid> Approved(EngagementPlan? plan = null)
    {
        var id = await Reviewed(plan);
        await Approver.PostAsJsonAsync(At(id, "approval"), new { planVersion = 1 }).Success();
        return id;
    }

    protected async Task ReviewAll(Guid id, int planVersion)
    {
        foreach (var kind in new[] { "policy", "legal", "equalities", "communications" })
        {
            await Reviewer.PostAsJsonAsync(At(id, "reviews"), new { kind, verdict = "approve", planVersion }).Success();
        }
    }

    protected static string At(Guid id, string? part = null) => part is null ? $"/api/v1/engagements/{id}" : $"/api/v1/engagements/{id}/{part}";

    /// <summary>Sends JSON as it stands, so that a test can send what no type of ours can hold.</summary>
    protected static Task<HttpResponseMessage> SendJson(
        HttpClient client, HttpMethod method, string address, string json, int? ifMatch = null, string mediaType = "application/json", string? key = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = new StringContent(json, Encoding.UTF8, mediaType) };
        if (ifMatch is { } version)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version.ToString(CultureInfo.InvariantCulture)}\""));
        }

        if (key is not null)
        {
            request.Headers.Add(IdempotencyKey.Header, key);
        }

        return client.SendAsync(request);
    }

    protected static Task<HttpResponseMessage> Patch(HttpClient client, Guid id, string json, int? ifMatch) =>
        SendJson(client, HttpMethod.Patch, At(id), json, ifMatch, MergePatch.MediaType);

    protected async Task<JsonElement> Read(Guid id) => await Author.GetAsync(At(id)).Success();

    protected async Task<string> StateOf(Guid id) => (await Read(id)).GetProperty("state").GetString()!;

    protected async Task<int> VersionOf(Guid id) => await Scalar<int>("select version from engagements.engagement where id = $1", id);

    protected async Task<bool> IsApproved(Guid id) => (await Send(new FindEngagement(new EngagementId(id))))!.IsApproved;

    protected static string Json(EngagementPlan plan) => JsonSerializer.Serialize(plan, Wire);

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WebRegistration.Configure(options);
        return options;
    }
}
