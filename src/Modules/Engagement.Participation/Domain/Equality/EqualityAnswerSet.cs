using Engagement.Consultations.Contracts;
using Engagement.Participation.Contracts;
using Engagement.Platform.Security;

namespace Engagement.Participation.Domain.Equality;

/// <summary>
/// One person's equality answers, in a table of their own that no officer's screen reads. Kept separate, they carry neither the
/// response nor a time, and lie under an id that only the receipt's secret leads to.
/// </summary>
internal sealed class EqualityAnswerSet
{
    private const string Purpose = "equality-answers";

    private EqualityAnswerSet()
    {
    }

    public Guid Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    /// <summary>Null where they are kept separate.</summary>
    public ResponseId? ResponseId { get; private init; }

    public string QuestionSet { get; private set; } = "";

    public string Answers { get; private set; } = "";

    public static EqualityAnswerSet For(Response response, ReceiptSecret secret, bool linked, MasterKey masterKey) => new()
    {
        Id = IdOf(secret, masterKey),
        ConsultationId = response.ConsultationId,
        ResponseId = linked ? response.Id : null,
    };

    public static Guid IdOf(ReceiptSecret secret, MasterKey masterKey) => new(masterKey.Hash(Purpose, secret.Secret).AsSpan(0, 16));

    public void Take(StoredAnswers answers)
    {
        QuestionSet = EqualityQuestionSet.Version;
        Answers = answers.Json;
    }
}
