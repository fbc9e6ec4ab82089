using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Consultations.Application.Assurance;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Consultations.Infrastructure.Jobs;
using Engagement.IntegrationTests.Engagements;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Consultations;

namespace Engagement.IntegrationTests.Consultations;

/// <summary>An approved engagement, a client that writes consultations and one that approves them; every module is the real one.</summary>
public abstract class ConsultationsTest : EngagementsTest
{
    internal static readonly QuestionnaireContent Questions = new(
        [new QuestionnairePage("Your view", [new Question("q1", QuestionType.LongText, "What should we know?", Required: true, MaximumLength: 1000)])]);

    private static readonly JsonSerializerOptions Wire = CreateWire();

    protected HttpClient Writer { get; private set; } = null!;

    protected HttpClient Checker { get; private set; } = null!;

    protected HttpClient Anyone { get; private set; } = null!;

    protected Guid EngagementId { get; set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Writer = await Client("consultations:read", "consultations:write", "participation:read", "participation:write");
        Checker = await Client("consultations:read", "consultations:approve");
        Anyone = App.Anyone();
        EngagementId = await Approved();
    }

    public override async Task DisposeAsync()
    {
        Writer.Dispose();
        Checker.Dispose();
        Anyone.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>The body that drafts a consultation of the approved engagement.</summary>
    protected JsonObject Body(ConsultationDetails? details = null)
    {
        var body = (JsonObject)JsonSerializer.SerializeToNode(details ?? SampleConsultation.Details, Wire)!;
        body["engagementId"] = EngagementId.ToString();
        return body;
    }

    protected Task<HttpResponseMessage> PostDraft(JsonNode body) => Writer.PostAsync("/api/v1/consultations", Content(body.ToJsonString()));

    protected async Task<Guid> Drafted(ConsultationDetails? details = null) => (await PostDraft(Body(details)).Success()).GetProperty("id").GetGuid();

    protected async Task<Guid> WithQuestionnaire(ConsultationDetails? details = null)
    {
        var id = await Drafted(details);
        await Send(new ReviseQuestionnaire(new ConsultationId(id), Questions, null));
        await JudgeAllMet(id);
        return id;
    }

    /// <summary>As it stands before publication.</summary>
    protected Task JudgeAllMet(Guid id) => Send(new JudgePractices(new ConsultationId(id), AssuranceStage.Publication, SampleConsultation.AllMet));

    protected async Task<Guid> Submitted(ConsultationDetails? details = null)
    {
        var id = await WithQuestionnaire(details);
        await Post(Writer, id, "schedule", new { goodPracticeReason = "It is urgent." }).Success();
        return id;
    }

    protected async Task<Guid> Scheduled(ConsultationDetails? details = null)
    {
        var id = await Submitted(details);
        await Post(Checker, id, "approval", body: null, await VersionOfConsultation(id)).Success();
        await App.DeliverEventsAsync();
        return id;
    }

    /// <summary>Moves the clock to the opening of the sample.</summary>
    protected async Task<Guid> Opened(ConsultationDetails? details = null)
    {
        var id = await Scheduled(details);
        Clock.MoveTo((await ReadConsultation(id)).GetProperty("opensAt").GetDateTimeOffset());
        await RunJob<OpenDueConsultationsJob>();
        await App.DeliverEventsAsync();
        return id;
    }

    protected async Task<JsonElement> ReadConsultation(Guid id) => await Writer.GetAsync(Of(id)).Success();

    protected async Task<string> StatusOf(Guid id) => (await ReadConsultation(id)).GetProperty("status").GetString()!;

    protected async Task<string> SlugOf(Guid id) => (await ReadConsultation(id)).GetProperty("slug").GetString()!;

    protected async Task<int> VersionOfConsultation(Guid id) => (await ReadConsultation(id)).GetProperty("version").GetInt32();

    protected async Task<long> TimesInHistory(Guid id, string @event) =>
        await Scalar<long>("select count(*) from consultations.history where aggregate_id = $1 and event = $2", id, @event);

    protected async Task<long> TimesPublished(Guid id, string type) =>
        await Scalar<long>("select count(*) from platform.outbox where type = $2 and payload::jsonb ->> 'consultationId' = $1", id.ToString(), type);

    /// <summary>The rules that a refusal with this code names.</summary>
    protected static async Task<List<JsonElement>> Breaches(HttpResponseMessage refused, string code)
    {
        var problem = await refused.Json();
        problem.GetProperty("type").GetString().ShouldEndWith(":" + code);
        return [.. problem.GetProperty("breaches").EnumerateArray()];
    }

    protected static string Of(Guid id, string? part = null) => part is null ? $"/api/v1/consultations/{id}" : $"/api/v1/consultations/{id}/{part}";

    protected static Task<HttpResponseMessage> Post(HttpClient client, Guid id, string part, object? body, int? ifMatch = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Of(id, part));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: Wire);
        }

        if (ifMatch is { } version)
        {
            request.Headers.IfMatch.Add(ETag(version));
        }

        if (key is not null)
        {
            request.Headers.Add(IdempotencyKey.Header, key);
        }

        return client.SendAsync(request);
    }

    protected Task<HttpResponseMessage> PatchConsultation(Guid id, string json, int? ifMatch) =>
        SendJson(Writer, HttpMethod.Patch, Of(id), json, ifMatch, MergePatch.MediaType);

    /// <param name="askFirst">Sends the body only when the server wants it, so that the refusal is read and not the broken connection.</param>
    protected Task<HttpResponseMessage> PutDocument(Guid id, string name, string mediaType, byte[] content, int? ifMatch, bool askFirst = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Of(id, $"documents/{Uri.EscapeDataString(name)}")) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (ifMatch is { } version)
        {
            request.Headers.IfMatch.Add(ETag(version));
        }

        request.Headers.ExpectContinue = askFirst;
        return Writer.SendAsync(request);
    }

    protected static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");

    protected static EntityTagHeaderValue ETag(int version) => new($"\"{version.ToString(CultureInfo.InvariantCulture)}\"");

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WebRegistration.Configure(options);
        return options;
    }
}
