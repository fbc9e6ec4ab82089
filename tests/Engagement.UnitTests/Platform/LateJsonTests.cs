using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Engagement.Platform.Web;

namespace Engagement.UnitTests.Platform;

public class LateJsonTests
{
    private readonly JsonSerializerOptions late = Options();
    private readonly JsonSerializerOptions atOnce = Options();

    public LateJsonTests() => late.TypeInfoResolver = new LateJson(late);

    [Fact]
    public void What_is_in_a_type_is_asked_when_the_first_is_read()
    {
        late.GetTypeInfo(typeof(Parcel)).Kind.ShouldBe(JsonTypeInfoKind.None);
        new JsonSerializerOptions(late) { WriteIndented = true }.GetTypeInfo(typeof(Parcel)).Kind.ShouldBe(JsonTypeInfoKind.Object);
    }

    [Fact]
    public void It_is_read_and_written_as_it_would_be_at_once()
    {
        const string json = """{"name":"A","items":[{"weight":2,"inner":null},{"weight":3,"inner":{"name":"B","items":[]}}]}""";

        JsonSerializer.Serialize(JsonSerializer.Deserialize<Parcel>(json, late), late).ShouldBe(json);
        JsonSerializer.Serialize(JsonSerializer.Deserialize<Parcel[]>($"[{json}]", late), late).ShouldBe($"[{json}]");
        JsonSerializer.Deserialize<Parcel>("null", late).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"name":"A","items":[{"weight":"two","inner":null}]}""")]
    [InlineData("""{"name":"A","items":[],"unknown":1}""")]
    [InlineData("""{"name":"A"}""")]
    [InlineData("""{"name":null,"items":[]}""")]
    [InlineData("""{"name":"A","name":"B","items":[]}""")]
    public async Task What_is_refused_is_refused_with_the_same_words_and_place(string json)
    {
        using var first = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json));
        using var second = new MemoryStream(first.ToArray());

        var expected = await Should.ThrowAsync<JsonException>(() => JsonSerializer.DeserializeAsync<Parcel>(first, atOnce).AsTask());
        var refused = await Should.ThrowAsync<JsonException>(() => JsonSerializer.DeserializeAsync<Parcel>(second, late).AsTask());

        (refused.Message, refused.Path).ShouldBe((expected.Message, expected.Path));
    }

    /// <summary>The place in the text is the same; the place in what it means is not known, as the text is looked through to its end first.</summary>
    [Fact]
    public async Task What_is_no_JSON_is_refused_with_the_line_and_the_byte()
    {
        using var text = new MemoryStream("""{"name":"A","items":[}"""u8.ToArray());

        var refused = await Should.ThrowAsync<JsonException>(() => JsonSerializer.DeserializeAsync<Parcel>(text, late).AsTask());

        (refused.LineNumber, refused.BytePositionInLine).ShouldBe((0, 21));
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        WebRegistration.Configure(options);
        return options;
    }

    internal sealed record Parcel(string Name, IReadOnlyList<Item> Items);

    internal sealed record Item(int Weight, Parcel? Inner);
}
