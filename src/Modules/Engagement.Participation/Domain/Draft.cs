using System.Security.Cryptography;
using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain;

/// <summary>
/// What leads back to answers in progress: 28 characters of Crockford's base 32 (140 random bits), shown in groups of four. It is
/// stored nowhere but with the person; the draft is found by a keyed hash of it.
/// </summary>
internal static class DraftCode
{
    private const string Purpose = "draft-code";
    private const string KeyPurpose = "draft-idempotency-key";
    private const int Length = 28;

    public static string New() => ReadableCode.New(Length);

    public static string Show(string code) => ReadableCode.Show(code);

    /// <summary>Reads it as people write it; null where it cannot be one.</summary>
    public static string? Read(string? written) => ReadableCode.Read(written, Length);

    public static byte[] Hash(string code, MasterKey masterKey) => masterKey.Hash(Purpose, code);

    /// <summary>Under which the draft is sent: always the same, so that it becomes one response however often it is sent; known to nobody.</summary>
    public static string IdempotencyKey(string code, MasterKey masterKey) => $"draft-{Convert.ToHexStringLower(masterKey.Hash(KeyPurpose, code).AsSpan(0, 24))}";
}

/// <summary>
/// Answers in progress, on their way to becoming a response or to changing one. A draft never counts, nobody but its owner can
/// read it (it is encrypted, and found by a secret that is not stored), and it is removed after a stated time.
/// </summary>
internal sealed class Draft
{
    private const string Purpose = "draft";
    private const string ReminderPurpose = "draft-reminder";

    private Draft()
    {
    }

    public Guid Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    public byte[] CodeHash { get; private init; } = [];

    /// <summary>Counts how often its words were written: whoever writes over what somebody else has written meanwhile finds out.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>The version that the answers were last given to.</summary>
    public int QuestionnaireVersion { get; private set; }

    /// <summary>Encrypted; see <see cref="Read"/>.</summary>
    public byte[] Content { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private init; }

    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>When somebody first tried to go on or to send it although the deadline had passed; null where nobody did.</summary>
    public DateTimeOffset? LateAt { get; private set; }

    /// <summary>When it became a response, or changed one: only the receipt's secret is left in it.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Encrypted: where to send the reminder, and the code that its link needs; null where none is wanted (any more).</summary>
    public byte[]? Reminder { get; private set; }

    /// <summary>How many times its link was sent by e-mail.</summary>
    public int LinksSent { get; private set; }

    public bool IsSent => SentAt is not null;

    public static Draft Begin(ConsultationId consultationId, int questionnaireVersion, DraftContent content, string code, MasterKey masterKey, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(),
        ConsultationId = consultationId,
        CodeHash = DraftCode.Hash(code, masterKey),
        QuestionnaireVersion = questionnaireVersion,
        Content = content.Encrypt(masterKey, Purpose),
        CreatedAt = now,
        ChangedAt = now,
    };

    /// <summary>As it was stored.</summary>
    public static Draft Stored(
        Guid id, ConsultationId consultationId, byte[] codeHash, int version, int questionnaireVersion, byte[] content, DateTimeOffset createdAt, DateTimeOffset changedAt,
        DateTimeOffset? lateAt, DateTimeOffset? sentAt, byte[]? reminder, int linksSent) => new()
    {
        Id = id,
        ConsultationId = consultationId,
        CodeHash = codeHash,
        Version = version,
        QuestionnaireVersion = questionnaireVersion,
        Content = content,
        CreatedAt = createdAt,
        ChangedAt = changedAt,
        LateAt = lateAt,
        SentAt = sentAt,
        Reminder = reminder,
        LinksSent = linksSent,
    };

    public DraftContent Read(MasterKey masterKey) => DraftContent.Decrypt(Content, masterKey, Purpose);

    public void Write(DraftContent content, int questionnaireVersion, MasterKey masterKey, DateTimeOffset now)
    {
        if (IsSent)
        {
            throw new InvalidOperationException("A draft that was sent is not written to.");
        }

        (Content, QuestionnaireVersion, ChangedAt) = (content.Encrypt(masterKey, Purpose), questionnaireVersion, now);
        Version++;
    }

    /// <summary>Notes the first attempt that came too late: its owner is shown when it was.</summary>
    public void ComeTooLate(DateTimeOffset arrivedAt) => LateAt ??= arrivedAt;

    /// <summary>What it becomes once it is sent: the words are in the response then, and here no more.</summary>
    public SentDraft AsSent(string receipt, MasterKey masterKey, DateTimeOffset now) =>
        new(Id, Version + 1, new DraftContent(Receipt: receipt).Encrypt(masterKey, Purpose), now);

    public void Send(SentDraft sent)
    {
        (Version, Content, Reminder) = (sent.Version, sent.Content, null);
        (SentAt, ChangedAt, LateAt) = (sent.At, sent.At, null);
    }

    public void CountLink() => LinksSent++;

    public void AskForReminder(string emailAddress, string code, MasterKey masterKey) =>
        Reminder = masterKey.Encrypt(ReminderPurpose, JsonSerializer.SerializeToUtf8Bytes(new DraftReminder(emailAddress, code)));

    /// <summary>Gives the reminder out once; the address is not kept beyond it.</summary>
    public DraftReminder? TakeReminder(MasterKey masterKey)
    {
        var reminder = Reminder is null ? null : JsonSerializer.Deserialize<DraftReminder>(masterKey.Decrypt(ReminderPurpose, Reminder));
        Reminder = null;
        return reminder;
    }
}

/// <param name="Version">The one after that which was sent.</param>
/// <param name="Content">Encrypted: nothing but the receipt's secret.</param>
internal sealed record SentDraft(Guid Id, int Version, byte[] Content, DateTimeOffset At);

internal sealed record DraftReminder(string EmailAddress, string Code);

/// <summary>How long a draft is kept: some days after its last change, and never beyond some days after the close (or an attempt that came later).</summary>
internal static class DraftLifetime
{
    public static DateTimeOffset KeptUntil(DateTimeOffset changedAt, DateTimeOffset? lateAt, DateTimeOffset closesAt, TimeSpan unchanged, TimeSpan afterClose)
    {
        var last = changedAt + unchanged;
        var end = (lateAt > closesAt ? lateAt.Value : closesAt) + afterClose;
        return last < end ? last : end;
    }
}

/// <summary>The words of a draft. Answers are kept as they were typed, also those that need correcting.</summary>
/// <param name="Receipt">Of the response that it changes, or has become; null for a new one that was not sent.</param>
/// <param name="ReplacesVersion">The version of that response that was read; null for a new response.</param>
internal sealed record DraftContent(
    Dictionary<string, AnswerValue>? Answers = null,
    string? OnBehalfOf = null,
    bool ConsentToPublish = false,
    string? Email = null,
    string? Receipt = null,
    int? ReplacesVersion = null)
{
    /// <summary>Bytes; more than the longest answers to every question of an ordinary questionnaire.</summary>
    public const int MostBytes = 512 * 1024;

    public IReadOnlyDictionary<string, AnswerValue> AnswersByCode() => Answers ?? new Dictionary<string, AnswerValue>(StringComparer.Ordinal);

    public byte[] Encrypt(MasterKey masterKey, string purpose)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(this);
        return bytes.Length <= MostBytes
            ? masterKey.Encrypt(purpose, bytes)
            : throw new Kernel.RuleBrokenException("draft-too-large", "Your answers together are too long to be kept. Shorten the longest ones, or send us a document by another way.");
    }

    public static DraftContent Decrypt(byte[] encrypted, MasterKey masterKey, string purpose) =>
        JsonSerializer.Deserialize<DraftContent>(masterKey.Decrypt(purpose, encrypted))!;
}
