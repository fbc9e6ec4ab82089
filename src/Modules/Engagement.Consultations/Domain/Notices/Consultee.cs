using Engagement.Platform.Security;

namespace Engagement.Consultations.Domain.Notices;

public enum ConsulteeState
{
    ToNotify,
    Notified,

    /// <summary>Something shows that the notification arrived.</summary>
    Delivered,
    Answered,

    /// <summary>They answered that they have nothing to say.</summary>
    NilReturn,
    NotApplicable,
}

/// <summary>What happened between the council and a consultee.</summary>
public enum ConsulteeStep
{
    Notified,
    Delivered,
    Chased,
    Answered,
    NilReturn,
}

/// <summary>Somebody whom the law or the council wants asked in person. Who to write to is personal data and encrypted.</summary>
internal sealed class Consultee
{
    private const string Purpose = "consultee-contact";

    private Consultee()
    {
    }

    public ConsulteeId Id { get; private init; }

    /// <summary>The demand of a regime that it meets, the regime and its words; null where officers added it.</summary>
    public string? Demand { get; private init; }

    public string? Regime { get; private init; }

    /// <summary>As the regime names them until an officer says who that is here.</summary>
    public string Name { get; private set; } = "";

    public byte[]? Contact { get; private set; }

    public DateOnly? NotifiedOn { get; private set; }

    /// <summary>How they were notified, such as by letter or by e-mail.</summary>
    public string? How { get; private set; }

    public DateOnly? DeliveredOn { get; private set; }

    /// <summary>Each day on which they were asked again, in order.</summary>
    public IReadOnlyList<DateOnly> ChasedOn { get; private set; } = [];

    public DateOnly? AnsweredOn { get; private set; }

    /// <summary>Where the answer is, such as a file reference.</summary>
    public string? AnswerReference { get; private set; }

    public bool IsNilReturn { get; private set; }

    public string? NotApplicableReason { get; private set; }

    public DateTimeOffset CreatedAt { get; private init; }

    public ConsulteeState State => NotApplicableReason is not null ? ConsulteeState.NotApplicable
        : IsNilReturn ? ConsulteeState.NilReturn
        : AnsweredOn is not null ? ConsulteeState.Answered
        : DeliveredOn is not null ? ConsulteeState.Delivered
        : NotifiedOn is not null ? ConsulteeState.Notified
        : ConsulteeState.ToNotify;

    /// <summary>Asked, and no answer is on record.</summary>
    public bool IsUnanswered => State is ConsulteeState.Notified or ConsulteeState.Delivered;

    public static Consultee Of(string? regime, string? demand, string name, DateTimeOffset now) =>
        new() { Id = ConsulteeId.New(), Regime = regime, Demand = demand, Name = name, CreatedAt = now };

    public string? ReadContact(MasterKey masterKey) => Contact is null ? null : masterKey.DecryptText(Purpose, Contact);

    public void Describe(string name, string? contact, MasterKey masterKey)
    {
        Name = name;
        Contact = contact is null ? null : masterKey.Encrypt(Purpose, contact);
    }

    public void Record(ConsulteeStep step, DateOnly on, string? note)
    {
        switch (step)
        {
            case ConsulteeStep.Notified:
                (NotifiedOn, How) = (on, note);
                break;
            case ConsulteeStep.Delivered:
                DeliveredOn = on;
                break;
            case ConsulteeStep.Chased:
                ChasedOn = [.. ChasedOn, on];
                break;
            default:
                (AnsweredOn, AnswerReference, IsNilReturn) = (on, note, step == ConsulteeStep.NilReturn);
                break;
        }
    }

    public void SetAside(string reason) => NotApplicableReason = reason;
}
