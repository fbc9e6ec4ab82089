using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Engagement.Participation.Domain;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform;

namespace Engagement.Participation.Application.Bundles;

/// <summary>What the bundle says of one response.</summary>
internal sealed record BundledResponse(
    string Reference,
    ResponseChannel Channel,
    string Language,
    string? OnBehalfOf,
    bool ConsentToPublish,
    DateTimeOffset SubmittedAt,
    DateOnly ReceivedOn,
    bool IsLate,
    bool EnteredAfterSeal,
    Ruling? Ruling,
    DateTimeOffset? RuledAt,
    string? RulingReason,
    int Version,
    int QuestionnaireVersion,
    string Answers,
    string[] Asked)
{
    public static string StandingOf(bool isLate, bool enteredAfterSeal, Ruling? ruling) =>
        enteredAfterSeal ? "entered-after-seal"
        : !isLate ? "in-time"
        : ruling switch { Domain.Ruling.Admitted => "late-admitted", Domain.Ruling.Refused => "late-refused", _ => "late" };
}

/// <summary>
/// Writes responses as CSV: UTF-8 with its mark, RFC 4180. Choices by their codes, several separated by spaces; an empty cell is "no answer",
/// and <c>not_asked</c> lists the questions that the routing did not put.
/// </summary>
internal sealed class BundledResponses(Stream stream, IReadOnlyList<Question> questions, bool inFull) : IAsyncDisposable
{
    private const string Redacted = "[redacted]";

    private readonly CsvWriter csv = CsvTable.Begin(stream);

    public int Rows { get; private set; }

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        string[] names = ["reference", "channel", "submitted_at", "received_on", "standing", "ruled_at", "consent_to_publish", "version", "questionnaire_version"];
        foreach (var name in inFull ? [.. names, "language", "on_behalf_of", "ruling_reason"] : names)
        {
            csv.WriteField(name);
        }

        foreach (var question in questions)
        {
            Text($"{question.Code}: {question.Text}");
        }

        csv.WriteField("not_asked");
        await csv.EndRecordAsync(cancellationToken);
    }

    public async Task AddAsync(BundledResponse response, CancellationToken cancellationToken)
    {
        Rows++;
        Text(response.Reference);
        Text(response.Channel.ToString());
        csv.WriteField(Instant(response.SubmittedAt));
        csv.WriteField(response.ReceivedOn.ToString("O", CultureInfo.InvariantCulture));
        csv.WriteField(BundledResponse.StandingOf(response.IsLate, response.EnteredAfterSeal, response.Ruling));
        csv.WriteField(response.RuledAt is { } ruled ? Instant(ruled) : "");
        csv.WriteField(response.ConsentToPublish ? "1" : "0");
        csv.WriteField(response.Version.ToString(CultureInfo.InvariantCulture));
        csv.WriteField(response.QuestionnaireVersion.ToString(CultureInfo.InvariantCulture));
        if (inFull)
        {
            Text(response.Language);
            Text(response.OnBehalfOf ?? "");
            Text(response.RulingReason ?? "");
        }

        using var answers = JsonDocument.Parse(response.Answers);
        foreach (var question in questions)
        {
            Text(answers.RootElement.TryGetProperty(question.Code, out var answer) ? Words(answer) : "");
        }

        Text(string.Join(' ', questions.Select(q => q.Code).Except(response.Asked, StringComparer.Ordinal)));
        await csv.EndRecordAsync(cancellationToken);
    }

    public async Task FlushAsync(CancellationToken cancellationToken) => await csv.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => csv.DisposeAsync();

    /// <summary>The kind of JSON says what an answer is, as <see cref="StoredAnswers"/> keeps it: an array alone was chosen from options.</summary>
    private string Words(JsonElement answer) => answer.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', answer.EnumerateArray().Select(o => o.GetString())),
        _ when !inFull => Redacted,
        JsonValueKind.Object => answer.GetProperty("date").GetString()!,
        JsonValueKind.String => answer.GetString()!,
        _ => answer.GetRawText(),
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Text(string text) => csv.WriteText(text);
}
