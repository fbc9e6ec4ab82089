using System.Net.Http.Json;
using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Application.Questionnaires;
using Engagement.Participation.Domain.Questions;
using Engagement.Participation.Infrastructure.Persistence;
using Engagement.Platform.Messaging;
using Engagement.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Participation;

/// <summary>A consultation that is open from one minute before the test's clock starts, for an hour.</summary>
public abstract class ParticipationTest : IntegrationTest
{
    internal static readonly DateTimeOffset OpensAt = TestClock.Start.AddMinutes(-1);
    internal static readonly DateTimeOffset ClosesAt = TestClock.Start.AddHours(1);
    internal static readonly DateTimeOffset SealAt = ClosesAt.AddMinutes(1);

    internal static readonly QuestionnaireContent Questions = new(
    [
        new QuestionnairePage("Your view",
        [
            new Question("q1", QuestionType.Single, "Do you use the library?", Required: true, Options: [new("yes", "Yes"), new("no", "No")]),
            new Question("q2", QuestionType.Multiple, "On which days?", Options: [new("mon", "Monday"), new("tue", "Tuesday"), new("sat", "Saturday")],
                MaximumChoices: 2, ShowWhen: new DisplayCondition([new ConditionTerm("q1", ConditionTest.AnyOf, ["yes"])])),
            new Question("q3", QuestionType.LongText, "What should change?", MaximumLength: 100),
            new Question("q4", QuestionType.Number, "How many hours a month?", Minimum: 0, Maximum: 31, Decimals: 1),
            new Question("q5", QuestionType.Date, "When were you last there?"),
            new Question("q6", QuestionType.Scale, "How content are you?", Scale: new Scale(1, 5, "Not at all", "Very")),
        ]),
    ]);

    private HttpClient? anyone;

    internal NeighbouringModules Neighbours { get; } = new();

    internal ConsultationFacts Consultation { get; private set; } = null!;

    protected HttpClient Anyone => anyone ??= App.Anyone();

    protected override void Replace(IServiceCollection services) => Neighbours.Register(services);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Consultation = await OpenConsultation();
    }

    public override async Task DisposeAsync()
    {
        anyone?.Dispose();
        await base.DisposeAsync();
    }

    internal async Task<ConsultationFacts> OpenConsultation()
    {
        var facts = Neighbours.Add(OpensAt, ClosesAt);
        var version = (await Send(new ReviseQuestionnaire(facts.Id, Questions, null))).Version;
        facts = Neighbours.Change(facts.Id, f => f with { Status = ConsultationStatus.Open, QuestionnaireVersion = version });
        await Publish(new ConsultationScheduledV1(
            Guid.CreateVersion7(), facts.Id, facts.EngagementId, facts.Slug, facts.Title, version, facts.OpensAt, facts.ClosesAt, Clock.Now));
        return facts;
    }

    /// <summary>Puts an event into the outbox as the module that owns it would, and has it delivered.</summary>
    protected async Task Publish(IIntegrationEvent integrationEvent)
    {
        await using (var scope = App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<ParticipationDbContext>();
            db.Add(OutboxMessage.Of(integrationEvent, "elsewhere"));
            foreach (var subscriber in App.Services.GetRequiredService<Subscriptions>().To(integrationEvent.GetType()))
            {
                db.Add(Delivery.Of(integrationEvent, subscriber.Name));
            }

            await db.SaveChangesAsync();
        }

        await App.DeliverEventsAsync();
    }

    protected static string NewKey() => $"test-{Guid.CreateVersion7():N}";

    protected static object Answers(object? q1 = null) => new { answers = new { q1 = q1 ?? "yes" } };

    protected Task<HttpResponseMessage> Post(object body, string? key = null, HttpClient? client = null, string? slug = null) =>
        SendJson(client ?? Anyone, HttpMethod.Post, $"/api/v1/public/consultations/{slug ?? Consultation.Slug}/responses", body, ("Idempotency-Key", key ?? NewKey()));

    /// <summary>Posts a response that must be taken.</summary>
    protected async Task<Receipt> Respond(object? body = null, string? key = null)
    {
        var json = await Post(body ?? Answers(), key).Success();
        return new Receipt(json.GetProperty("reference").GetString()!, json.GetProperty("secret").GetString()!);
    }

    protected static async Task<HttpResponseMessage> SendJson(
        HttpClient client, HttpMethod method, string address, object? body, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = body as HttpContent ?? JsonContent.Create(body, options: new JsonSerializerOptions(JsonSerializerDefaults.Web));
        }

        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    protected async Task CloseAndSeal()
    {
        Clock.MoveTo(ClosesAt);
        Neighbours.Change(Consultation.Id, f => f with { Status = ConsultationStatus.Closing });
        await Publish(new ConsultationClosingV1(Guid.CreateVersion7(), Consultation.Id, ClosesAt, SealAt, ClosesAt));
        Clock.MoveTo(SealAt);
        await RunJob<Engagement.Participation.Infrastructure.Jobs.SealDueResponsesJob>();
    }

    protected Task<int> Stored() => Scalar<int>("select count(*) from participation.response");

    protected sealed record Receipt(string Reference, string Secret);
}
