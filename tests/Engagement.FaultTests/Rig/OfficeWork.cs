using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Kernel;
using Engagement.Platform.Web;
using Engagement.TestKit;
using Engagement.TestKit.Engagements;

namespace Engagement.FaultTests.Rig;

/// <summary>What officers do before the public is asked, through HTTP and by two clients.</summary>
internal static class OfficeWork
{
    private static readonly JsonSerializerOptions Wire = CreateWire();

    /// <summary>An engagement whose plan is approved, with a decision far enough away that nothing about its dates is doubtful.</summary>
    public static async Task<Guid> ApprovedEngagement(this ProductionRig rig)
    {
        var today = UkTime.DateOf(TimeProvider.System.GetUtcNow());
        var plan = SamplePlan.Complete with
        {
            Statutory = false,
            ConsultationPeriod = null,
            PublicityPlan = [.. SamplePlan.Complete.PublicityPlan.Select(p => p with { From = today })],
            EqualityImpactAssessment = SamplePlan.Complete.EqualityImpactAssessment! with
            {
                ScreenedOn = today.AddDays(-20),
                ChallengeGroupReviewOn = today.AddDays(-10),
                FullAssessmentOn = today.AddDays(60),
            },
            GovernanceDates = [.. SamplePlan.Complete.GovernanceDates.Where(d => d.IsDecision).Select(d => d with { Date = today.AddDays(120) })],
        };
        var id = (await rig.Author.PostAsJsonAsync("/api/v1/engagements", plan, Wire).Success()).GetProperty("id").GetGuid();
        await rig.Author.PostAsync($"/api/v1/engagements/{id}/submission", null).Success();
        foreach (var kind in new[] { "policy", "legal", "equalities", "communications" })
        {
            await rig.Approver.PostAsJsonAsync($"/api/v1/engagements/{id}/reviews", new { kind, verdict = "approve", planVersion = 1 }).Success();
        }

        await rig.Approver.PostAsJsonAsync($"/api/v1/engagements/{id}/approval", new { planVersion = 1 }).Success();
        return id;
    }

    /// <summary>How far ahead an opening must lie so that officers are done before it on this machine: they do it all once, and it is timed.</summary>
    public static async Task<TimeSpan> RehearseScheduling(this ProductionRig rig, Guid engagement)
    {
        var started = TimeProvider.System.GetTimestamp();
        await rig.ScheduledConsultation(engagement, "Rehearsal", SecondAfter(TimeSpan.FromDays(7)), SecondAfter(TimeSpan.FromDays(14)));
        return TimeSpan.FromSeconds(1) + (2 * TimeProvider.System.GetElapsedTime(started));
    }

    /// <summary>A consultation that is approved and asks one thing, <c>view</c>, in a text.</summary>
    /// <param name="opensAt">To the second.</param>
    /// <param name="closesAt">To the second.</param>
    public static async Task<RiggedConsultation> ScheduledConsultation(this ProductionRig rig, Guid engagement, string title, DateTimeOffset opensAt, DateTimeOffset closesAt)
    {
        var draft = await rig.Author.PostAsJsonAsync("/api/v1/consultations", new
        {
            engagementId = engagement,
            title,
            summary = "We want to hear how you use the mobile library before we decide where it stops.",
            whyNow = "The contract ends and nothing is settled yet.",
            whoDecides = "The Cabinet.",
            opens = Moment(opensAt),
            closes = Moment(closesAt),
            privacyNotice = "We keep your answers for six years.",
            privacyContact = "data.protection@council.example",
            offlineRoute = "Paper forms are at all libraries.",
            alternativeFormats = "accessible@council.example",
        }).Success();
        var id = draft.GetProperty("id").GetGuid();
        await rig.Author.PutAsJsonAsync($"/api/v1/consultations/{id}/questionnaire", new
        {
            pages = new[] { new { title = "Your view", questions = new[] { new { code = "view", type = "long-text", text = "What should we know?", required = true } } } },
        }).Success();
        var submitted = await rig.Author.PostAsJsonAsync($"/api/v1/consultations/{id}/schedule", new { goodPracticeReason = "A trial of seconds." }).Success();
        using var approval = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/consultations/{id}/approval");
        approval.Headers.IfMatch.Add(new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"{submitted.GetProperty("version").GetInt32()}\"")));
        var approved = await rig.Approver.SendAsync(approval).Success();
        approved.GetProperty("opensAt").GetDateTimeOffset().ShouldBe(opensAt);
        approved.GetProperty("closesAt").GetDateTimeOffset().ShouldBe(closesAt);
        return new RiggedConsultation(id, approved.GetProperty("slug").GetString()!, opensAt, closesAt);
    }

    /// <summary>The first whole second that is at least so far away and can be published: neither midnight nor the minute before it.</summary>
    public static DateTimeOffset SecondAfter(TimeSpan fromNow)
    {
        var second = TimeProvider.System.GetUtcNow() + fromNow;
        second = second.AddTicks(TimeSpan.TicksPerSecond - (second.Ticks % TimeSpan.TicksPerSecond));
        var wall = TimeOnly.FromDateTime(UkTime.WallTimeOf(second));
        return wall == TimeOnly.MinValue || wall == new TimeOnly(23, 59) ? second.AddSeconds(1) : second;
    }

    private static JsonObject Moment(DateTimeOffset instant)
    {
        var wall = UkTime.WallTimeOf(instant);
        var (date, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
        return new JsonObject
        {
            ["date"] = date.ToString("O", CultureInfo.InvariantCulture),
            ["time"] = time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            ["second"] = UkTime.At(date, time, second: false) != instant,
        };
    }

    private static JsonSerializerOptions CreateWire()
    {
        var options = new JsonSerializerOptions();
        WebRegistration.Configure(options);
        return options;
    }
}

/// <param name="OpensAt">The first instant at which a response is taken.</param>
/// <param name="ClosesAt">The first instant that is too late.</param>
internal sealed record RiggedConsultation(Guid Id, string Slug, DateTimeOffset OpensAt, DateTimeOffset ClosesAt);
