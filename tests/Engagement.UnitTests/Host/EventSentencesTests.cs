using System.Collections;
using System.Reflection;
using System.Text.Json;
using Engagement.Host.Pages.Admin.Record;
using Engagement.Kernel;
using Engagement.Platform.Audit;

namespace Engagement.UnitTests.Host;

public sealed class EventSentencesTests
{
    private static readonly IReadOnlyList<Type> Events =
    [
        .. new[] { "Access", "Engagements", "Consultations", "Participation", "ClosingTheLoop" }
            .SelectMany(m => Assembly.Load($"Engagement.{m}").GetTypes())
            .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(IDomainEvent))),
    ];

    [Fact]
    public void Every_event_of_an_engagement_of_its_consultations_and_of_what_came_of_them_has_a_sentence()
    {
        Events.Count.ShouldBeGreaterThan(45);
        Events.Select(e => e.Name).Where(n => !EventSentences.Knows(n)).ShouldBeEmpty();
    }

    /// <summary>Fails when a sentence reads a member that the event does not have, as after a rename.</summary>
    [Fact]
    public void Every_sentence_finds_what_it_says_in_the_event()
    {
        foreach (var type in Events)
        {
            var data = JsonSerializer.Deserialize<JsonElement>(CanonicalJson.Of(Sample(type, type.Name)!));

            var sentence = EventSentences.Of(type.Name, data);

            sentence.ShouldNotContain(EventFacts.Missing, Case.Sensitive, $"{type.Name}: {data}");
            sentence.Length.ShouldBeGreaterThan(8);
            char.IsUpper(sentence[0]).ShouldBeTrue(sentence);
            sentence.ShouldNotContain("{");
        }
    }

    [Theory]
    [InlineData("PlanEdited", """{"changes":[{"field":"whatCanChange"},{"field":"equalityImpactAssessment"}],"approvalVoided":true}""",
        "Plan changed: what can change, equality impact assessment. The approval no longer holds")]
    [InlineData("PlanReviewed", """{"kind":"Legal","verdict":"ChangesNeeded","planVersion":3}""", "Legal asked for changes to version 3 of the plan")]
    [InlineData("EngagementApproved", """{"planVersion":2,"waived":["purpose"]}""", "Version 2 of the plan approved, with one check waived")]
    [InlineData("EngagementMoved", """{"from":"Analysing","to":"AwaitingDecision"}""", "Engagement moved from analysing to awaiting decision")]
    [InlineData("ConsultationOpened", """{"closesAt":"2027-03-08T00:00:00+00:00"}""", "Consultation opened until 11:59pm on Sunday 7 March 2027")]
    [InlineData("ConsultationApproved", """{"opensAt":"2027-01-11T00:00:00+00:00"}""", "Consultation approved, to open on Monday 11 January 2027")]
    [InlineData("ConsultationClosed", """{"responseCount":1204}""", "Consultation closed with 1,204 responses")]
    [InlineData("SomethingNewHappened", "{}", "something new happened")]
    public void Says_in_words_what_happened(string name, string data, string sentence) =>
        EventSentences.Of(name, JsonSerializer.Deserialize<JsonElement>(data)).ShouldBe(sentence);

    [Fact]
    public void What_an_older_version_did_not_write_down_is_said_to_be_missing() =>
        EventSentences.Of("DocumentAdded", JsonSerializer.Deserialize<JsonElement>("{}")).ShouldContain(EventFacts.Missing);

    /// <summary>Any value of a type: its constructor filled in, lists with one member.</summary>
    private static object? Sample(Type type, string name)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(string))
        {
            return $"x {name}";
        }

        if (plain == typeof(DateTimeOffset))
        {
            return new DateTimeOffset(2027, 1, 11, 9, 30, 0, TimeSpan.Zero);
        }

        if (plain == typeof(DateOnly))
        {
            return new DateOnly(2027, 1, 11);
        }

        if (plain.IsPrimitive || plain.IsEnum || plain == typeof(decimal) || plain == typeof(Guid) || plain == typeof(TimeOnly) || plain == typeof(JsonElement))
        {
            return plain == typeof(JsonElement) ? JsonSerializer.SerializeToElement("x") : Activator.CreateInstance(plain);
        }

        if (plain.IsAssignableTo(typeof(System.Text.Json.Nodes.JsonNode)))
        {
            return null;
        }

        if (plain.IsGenericType && plain.IsAssignableTo(typeof(IEnumerable)))
        {
            return SampleOfMany(plain, name);
        }

        var constructor = plain.GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != plain)
            .OrderByDescending(c => c.GetParameters().Length).First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Sample(p.ParameterType, p.Name!))]);
        foreach (var text in plain.GetProperties().Where(p => p.PropertyType == typeof(string) && p.CanWrite && p.GetValue(made) is null))
        {
            text.SetValue(made, Sample(typeof(string), text.Name));
        }

        return made;
    }

    private static object SampleOfMany(Type type, string name)
    {
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(arguments))!;
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(arguments))!;
        list.Add(Sample(arguments[0], name));
        return list;
    }
}
