using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using Engagement.Platform.Security;

namespace Engagement.Consultations.Domain.Notices;

/// <summary>
/// Whom the regimes name and whom officers add, with what passed between them and the council. It keeps its record under the consultation's
/// id; the record holds ids and dates, never a name or a contact.
/// </summary>
internal sealed class ConsulteeList : AggregateRoot
{
    private readonly List<Consultee> consultees = [];

    private ConsulteeList()
    {
    }

    public override Guid Identity => ConsultationId.Value;

    public ConsultationId ConsultationId { get; private init; }

    public IReadOnlyList<Consultee> Consultees => consultees;

    public static ConsulteeList Of(ConsultationId consultation) => new() { ConsultationId = consultation };

    /// <summary>Adds whom the regimes name now; drops whom no regime names any more and whom nobody has notified.</summary>
    public void Follow(IEnumerable<Regime> regimes, DateTimeOffset now)
    {
        var demands = regimes.SelectMany(r => r.Consultees.Select(name => (Key: $"{r.Id}#{name}", Regime: r.Id, Name: name))).DistinctBy(d => d.Key, StringComparer.Ordinal).ToList();
        var known = consultees.Where(c => c.Demand is not null).ToDictionary(c => c.Demand!, StringComparer.Ordinal);
        List<string> added = [];
        foreach (var demand in demands.Where(d => !known.ContainsKey(d.Key)))
        {
            consultees.Add(Consultee.Of(demand.Regime, demand.Key, demand.Name, now));
            added.Add(demand.Key);
        }

        var demanded = demands.Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        List<string> dropped = [.. known.Where(k => k.Value.State == ConsulteeState.ToNotify && !demanded.Contains(k.Key)).Select(k => k.Key)];
        consultees.RemoveAll(c => c.Demand is not null && dropped.Contains(c.Demand, StringComparer.Ordinal));
        if (added.Count > 0 || dropped.Count > 0)
        {
            Raise(new ConsulteesDemanded(ConsultationId, added, dropped, now));
        }
    }

    public Consultee Add(string name, string? contact, MasterKey masterKey, DateTimeOffset now)
    {
        var consultee = Consultee.Of(null, null, name.Trim(), now);
        consultee.Describe(name.Trim(), Trimmed(contact), masterKey);
        consultees.Add(consultee);
        Raise(new ConsulteeAdded(ConsultationId, consultee.Id, now));
        return consultee;
    }

    /// <exception cref="NotFoundException">There is no such consultee.</exception>
    public void Describe(ConsulteeId id, string name, string? contact, MasterKey masterKey, DateTimeOffset now)
    {
        Find(id).Describe(name.Trim(), Trimmed(contact), masterKey);
        Raise(new ConsulteeDescribed(ConsultationId, id, now));
    }

    /// <param name="note">How they were notified, or where the answer is.</param>
    /// <param name="proof">A file that shows it; null where none does.</param>
    /// <exception cref="NotFoundException">There is no such consultee.</exception>
    /// <exception cref="RuleBrokenException">
    /// <c>consultee-day-in-future</c>, <c>consultee-not-notified</c>, <c>consultee-day-before-notice</c>, <c>consultee-answered</c>, <c>consultee-set-aside</c>.
    /// </exception>
    public void Record(ConsulteeId id, ConsulteeStep step, DateOnly on, string? note, Proof? proof, DateTimeOffset now)
    {
        var consultee = Find(id);
        if (consultee.State == ConsulteeState.NotApplicable)
        {
            throw new RuleBrokenException("consultee-set-aside", "They were set aside as not applicable. Add them anew if they are to be asked after all.");
        }

        if (on > UkTime.DateOf(now))
        {
            throw new RuleBrokenException("consultee-day-in-future", $"{UkTime.Spell(on)} is still to come. Record it once it has happened.");
        }

        if (consultee.AnsweredOn is { } answered)
        {
            throw new RuleBrokenException("consultee-answered", $"Their answer of {UkTime.Spell(answered)} is on record, which ends the matter.");
        }

        if (step != ConsulteeStep.Notified && consultee.NotifiedOn is null)
        {
            throw new RuleBrokenException("consultee-not-notified", "That they were notified is not on record yet. Record that first.");
        }

        if (step != ConsulteeStep.Notified && on < consultee.NotifiedOn)
        {
            throw new RuleBrokenException("consultee-day-before-notice", $"They were notified on {UkTime.Spell(consultee.NotifiedOn.Value)}, so this cannot have happened before.");
        }

        consultee.Record(step, on, Trimmed(note));
        Raise(new ConsulteeRecorded(ConsultationId, id, step, on, proof?.Id, proof?.Sha256, now));
    }

    /// <exception cref="NotFoundException">There is no such consultee.</exception>
    /// <exception cref="RuleBrokenException"><c>consultee-notified</c>.</exception>
    public void SetAside(ConsulteeId id, string reason, DateTimeOffset now)
    {
        var consultee = Find(id);
        if (consultee.State != ConsulteeState.ToNotify)
        {
            throw new RuleBrokenException("consultee-notified", "They have been notified or set aside, so that stays on record.");
        }

        consultee.SetAside(reason.Trim());
        Raise(new ConsulteeSetAside(ConsultationId, id, reason.Trim(), now));
    }

    public Consultee Find(ConsulteeId id) => consultees.Find(c => c.Id == id) ?? throw new NotFoundException("consultee");

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="Added">Whom the regimes name now, by regime and words.</param>
/// <param name="Dropped">Whom no regime names any more, and whom nobody had notified.</param>
internal sealed record ConsulteesDemanded(ConsultationId Id, IReadOnlyList<string> Added, IReadOnlyList<string> Dropped, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsulteeAdded(ConsultationId Id, ConsulteeId ConsulteeId, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsulteeDescribed(ConsultationId Id, ConsulteeId ConsulteeId, DateTimeOffset At) : IDomainEvent;

/// <param name="Sha256">Of the file that shows it, lower-case hexadecimal.</param>
internal sealed record ConsulteeRecorded(
    ConsultationId Id, ConsulteeId ConsulteeId, ConsulteeStep Step, DateOnly On, ProofId? ProofId, string? Sha256, DateTimeOffset At) : IDomainEvent;

internal sealed record ConsulteeSetAside(ConsultationId Id, ConsulteeId ConsulteeId, string Reason, DateTimeOffset At) : IDomainEvent;
