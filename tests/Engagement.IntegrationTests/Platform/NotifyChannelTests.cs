using System.Collections.Concurrent;
using System.Text.Json;
using Engagement.Access.Infrastructure.Persistence;
using Engagement.Platform.Notifications;
using Engagement.Platform.Security;
using Engagement.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.IntegrationTests.Platform;

/// <summary>GOV.UK Notify as a stub that answers what the test says.</summary>
public sealed class NotifyChannelTests : IntegrationTest
{
    private readonly WebApplication provider = WebApplication.CreateSlimBuilder().Build();
    private readonly ConcurrentQueue<string> references = new();
    private string answer = "{}";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Mail:Notify:ApiKey"] = $"test-{Guid.CreateVersion7()}-{Guid.CreateVersion7()}",
        ["Mail:Notify:TemplateId"] = Guid.CreateVersion7().ToString(),
        ["Mail:Notify:BaseAddress"] = provider.Urls.First(),
    };

    public override async Task InitializeAsync()
    {
        provider.Urls.Add("http://127.0.0.1:0");
        provider.MapPost("/v2/notifications/email", async (HttpRequest request) =>
        {
            references.Enqueue((await JsonSerializer.DeserializeAsync<JsonElement>(request.Body)).GetProperty("reference").GetString()!);
            return Results.Text(answer, "application/json", statusCode: StatusCodes.Status201Created);
        });
        await provider.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Theory]
    [InlineData("<html>Welcome to the hotel")]
    [InlineData("[1, 2, 3]")]
    [InlineData("{\"id\": {\"$type\": \"System.Diagnostics.Process\"}}")]
    [Trait("Attack", "D15")]
    public async Task An_answer_that_makes_no_sense_leaves_a_message_unsent_and_it_is_tried_again_under_the_same_reference(string nonsense)
    {
        var id = await Queue();
        answer = nonsense;
        await Send();

        (await Scalar<long>("select count(*) from platform.notification where sent_at is null and failed_at is null and failure like '%tried again%'")).ShouldBe(1);

        answer = $$$"""{"id": "{{{Guid.CreateVersion7()}}}", "reference": "{{{id:N}}}", "uri": "https://api.example.org", "content": {"body": "", "subject": "", "from_email": "a@example.org"}, "template": {"id": "{{{Guid.CreateVersion7()}}}", "version": 1, "uri": "https://api.example.org"}}""";
        Clock.Advance(TimeSpan.FromMinutes(5));
        await Send();

        (await Scalar<string>("select channel from platform.notification where sent_at is not null")).ShouldBe("govuk-notify");
        references.ShouldBe([id.ToString("N"), id.ToString("N")]);
    }

    private async Task Send() => await App.Services.GetRequiredService<NotificationSender>().SendDueAsync(CancellationToken.None);

    private async Task<Guid> Queue()
    {
        await using var scope = App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccessDbContext>();
        db.Notify(Notification.To(
            "a@example.org", "test", "one", Guid.CreateVersion7(), new NotificationContent("Subject", "Words"), scope.ServiceProvider.GetRequiredService<MasterKey>(), Clock.Now));
        await db.SaveChangesAsync();
        return await db.Notifications.Select(n => n.Id).SingleAsync();
    }
}
