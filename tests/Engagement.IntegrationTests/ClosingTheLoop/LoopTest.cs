using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Infrastructure.Persistence;
using Engagement.Consultations.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.IntegrationTests.Participation;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Contracts;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Messaging;
using Engagement.Platform.Persistence;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.ClosingTheLoop;

/// <summary>
/// A consultation that people can answer for an hour from the start of the test's clock, with Participation's own questionnaire and
/// responses; its outcome is due twelve weeks later. The writer, the colleague and the approver are different clients.
/// </summary>
public abstract class LoopTest : IntegrationTest
{
    internal static readonly DateTimeOffset ClosesAt = TestClock.Start.AddHours(1);
    internal static readonly DateOnly Today = new(2026, 11, 23);
    internal static readonly DateOnly DueOn = Today.AddDays(84);

    internal NeighboursOfTheLoop Neighbours { get; } = new();

    internal ConsultationFacts Consultation { get; private set; } = null!;

    protected HttpClient Writer { get; private set; } = null!;

    protected HttpClient Colleague { get; private set; } = null!;

    protected HttpClient Approver { get; private set; } = null!;

    protected HttpClient Anyone { get; private set; } = null!;

    protected override void Replace(IServiceCollection services) => Neighbours.Register(services);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Consultation = await OpenConsultation("library-hours");
        Writer = await Client("outcomes:read", "outcomes:write", "participation:read");
        Colleague = await Client("outcomes:read", "outcomes:write");
        Approver = await Client("outcomes:read", "outcomes:write", "outcomes:approve");
        Anyone = App.Anyone();
    }

    public override async Task DisposeAsync()
    {
        foreach (var client in (HttpClient[])[Writer, Colleague, Approver, Anyone])
        {
            client.Dispose();
        }

        await base.DisposeAsync();
    }

    internal async Task<ConsultationFacts> OpenConsultation(string slug)
    {
        var facts = new ConsultationFacts(
            ConsultationId.New(), EngagementId.New(), slug, $"About {slug}", ConsultationStatus.Open, null, TestClock.Start.AddMinutes(-1), ClosesAt, EqualityAnswers.Linked);
        Neighbours.Consultations[facts.Id] = facts;
        var version = (await Send(new ReviseQuestionnaire(facts.Id, ParticipationTest.Questions, null))).Version;
        Neighbours.Consultations[facts.Id] = facts with { QuestionnaireVersion = version };
        await Publish<ParticipationDbContext>("participation", new ConsultationScheduledV1(
            Guid.CreateVersion7(), facts.Id, facts.EngagementId, facts.Slug, facts.Title, version, facts.OpensAt, facts.ClosesAt, Clock.Now));
        return Neighbours.Consultations[facts.Id];
    }

    /// <summary>Tells this module that the consultation has closed.</summary>
    protected Task Close(AnswerThreshold? threshold = null) => Close(Consultation.Id, DueOn, threshold);

    internal Task Close(ConsultationId id, DateOnly dueOn, AnswerThreshold? threshold = null)
    {
        if (Clock.Now < ClosesAt)
        {
            Clock.MoveTo(ClosesAt);
        }

        var facts = Neighbours.Consultations[id] with { Status = ConsultationStatus.Closed };
        Neighbours.Consultations[id] = facts;
        return Publish<ClosingTheLoopDbContext>("closing_the_loop", new ConsultationClosedV1(
            Guid.CreateVersion7(), id, facts.EngagementId, facts.Slug, facts.Title, ClosesAt, 0, new string('0', 64), dueOn, threshold ?? AnswerThreshold.EveryTheme, Clock.Now));
    }

    /// <summary>Has one module told of an event, as the relay does.</summary>
    protected async Task Publish<TContext>(string module, IIntegrationEvent integrationEvent)
        where TContext : ModuleDbContext
    {
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TContext>();
            db.Add(OutboxMessage.Of(integrationEvent, "elsewhere"));
            foreach (var subscriber in App.Services.GetRequiredService<Subscriptions>().To(integrationEvent.GetType()).Where(s => s.Name.StartsWith($"{module}/", StringComparison.Ordinal)))
            {
                db.Add(Delivery.Of(integrationEvent, subscriber.Name));
            }

            await db.SaveChangesAsync();
        }

        // Consultations and Engagements are played by the test: they hold nothing that could be told.
        await AsAdministrator("delete from platform.delivery where handled_at is null and (subscriber like 'consultations/%' or subscriber like 'engagements/%')");
        await App.DeliverEventsAsync();
    }

    protected Task<ResponseId> Respond(string text, bool consentToPublish = false) => Respond(new { q1 = "no", q3 = text }, consentToPublish);

    protected async Task<ResponseId> Respond(object answers, bool consentToPublish = false, string? slug = null, string? email = null)
    {
        var receipt = await SendJson(
            Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug ?? Consultation.Slug}/responses", new { answers, consentToPublish, email },
            ("Idempotency-Key", $"test-{Guid.CreateVersion7():N}")).Success();
        return new ResponseId(await Scalar<Guid>(
            "select response_id from participation.v1_responses where reference = $1", receipt.GetProperty("reference").GetString()!.Replace("-", "", StringComparison.Ordinal)));
    }

    protected static async Task<HttpResponseMessage> SendJson(HttpClient client, HttpMethod method, string address, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: new JsonSerializerOptions(JsonSerializerDefaults.Web));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    protected string Address(string path) => $"/api/v1/consultations/{Consultation.Id}/{path}";

    protected Task<HttpResponseMessage> Post(HttpClient client, string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendJson(client, HttpMethod.Post, Address(path), body, headers);

    protected Task<HttpResponseMessage> Put(HttpClient client, string path, object body, int version) =>
        SendJson(client, HttpMethod.Put, Address(path), body, ("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")));

    protected async Task<ThemeId> AddTheme(string name) =>
        new((await Post(Writer, "themes", new { name }).Success()).GetProperty("id").GetGuid());

    /// <summary>Codes the long text of a response that nobody has coded; without themes it is marked "none".</summary>
    protected async Task Code(ResponseId response, params ThemeId[] themes) =>
        await Put(Writer, $"responses/{response}/themes", new { q3 = Coding(themes) }, version: 0).Success();

    protected static object Coding(params ThemeId[] themes) => themes.Length == 0 ? "none" : themes.Select(t => t.Value);

    protected async Task CompleteCoding() => await Post(Writer, "coding/completion").Success();

    protected static object Decision(DateOnly decidedOn, bool confirmsConsideration = true) => new
    {
        body = "Cabinet",
        decidedOn,
        minute = "Minute 42",
        decisionMaker = new { name = "Alex Okafor", role = "Leader of the Council" },
        confirmsConsideration,
        reportReference = "CAB/26/117",
        reportVersion = "2.1",
        reportReadOn = decidedOn,
        summary = "Open on Saturdays.",
    };

    protected async Task Decide() => await Post(Writer, "decision", Decision(UkTime.DateOf(Clock.Now))).Success();

    protected async Task<JsonElement> Outcome() => await Writer.GetAsync(Address("outcome")).Success();

    protected async Task<int> Version() => (await Outcome()).GetProperty("version").GetInt32();

    protected async Task<HttpResponseMessage> Write(params object[] themes) =>
        await Put(Writer, "outcome", new { introduction = "Thank you.", themes, whatHappensNext = "We look again in a year." }, await Version());

    protected static object Answer(ThemeId theme, string disposition = "adopted", string? did = "We open on Saturdays.", string? reason = null, Guid[]? quotations = null) => new
    {
        themeId = theme.Value,
        asked = "We asked when you need the library.",
        said = "You said Saturdays.",
        disposition,
        did,
        reason,
        quotations,
    };

    protected async Task<HttpResponseMessage> PublishOutcome(HttpClient client, string? reason = null) =>
        await Post(client, "outcome/publication", new { reason }, ("If-Match", $"\"{await Version()}\""));

    protected async Task<JsonElement> PublicOutcome(string path = "") => await Anyone.GetAsync($"/api/v1/public/consultations/{Consultation.Slug}/outcome{path}").Success();
}
