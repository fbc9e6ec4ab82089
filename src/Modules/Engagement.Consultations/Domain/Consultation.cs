using System.Linq.Expressions;
using System.Text.Json;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain;

/// <summary>
/// One question that the council puts to the public for a fixed period. This part drafts and edits; approval and change of the
/// deadline are in <c>Consultation.Approval.cs</c>, what the clock and other modules do in <c>Consultation.Progress.cs</c>.
/// </summary>
internal sealed partial class Consultation : AggregateRoot
{
    /// <summary>The measure of a consultation that no law asks for.</summary>
    private const string GoodPractice = "good-practice-period";

    private const string EngagementPlan = "plan of the engagement";

    private readonly List<ConsultationDocument> documents = [];

    private Consultation()
    {
    }

    public override Guid Identity => Id.Value;

    public ConsultationId Id { get; private init; }

    public EngagementId EngagementId { get; private init; }

    /// <summary>Made from the first title; never changed and never given to another, so that an address that was shared stays true.</summary>
    public string Slug { get; private init; } = "";

    public ConsultationStatus Status { get; private set; }

    /// <summary>Everything that officers wrote but the dates, which <see cref="Period"/> holds.</summary>
    public ConsultationContent Content { get; private set; } = null!;

    public ConsultationPeriod Period { get; private set; } = null!;

    /// <summary>Whoever wrote any of it, as the history names actors; none of them may approve it.</summary>
    public IReadOnlyList<string> Authors { get; private set; } = [];

    public Approval? Approval { get; private set; }

    /// <summary>When it was first announced to the public; it stays known to them from then on, were it only as withdrawn.</summary>
    public DateTimeOffset? FirstPublishedAt { get; private set; }

    public ProposedExtension? ProposedExtension { get; private set; }

    public IReadOnlyList<Extension> Extensions { get; private set; } = [];

    public string? WithdrawalReason { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public int? ResponseCount { get; private set; }

    /// <summary>SHA-256 of the sealed set of responses, lower-case hexadecimal.</summary>
    public string? ResponseDigest { get; private set; }

    public DecisionTaken? Decision { get; private set; }

    /// <summary>When the first version of its outcome was published.</summary>
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>All versions of all papers, retired ones too.</summary>
    public IReadOnlyList<ConsultationDocument> Documents => documents;

    public ConsultationDetails Details => Content.With(Period);

    /// <summary>The last day on which the council may publish what it decided and why: whole weeks after the last day for responses.</summary>
    public DateOnly OutcomeDueOn => Period.LastDay.AddDays(Content.OutcomeDueWeeks * 7);

    /// <summary>Approved and not withdrawn before it was, or withdrawn after the public had been told of it.</summary>
    public static readonly Expression<Func<Consultation, bool>> IsPublic = c =>
        (c.Status != ConsultationStatus.Draft && c.Status != ConsultationStatus.AwaitingApproval && c.Status != ConsultationStatus.Withdrawn)
        || (c.Status == ConsultationStatus.Withdrawn && c.FirstPublishedAt != null);

    private static readonly Func<Consultation, bool> IsPublicInMemory = IsPublic.Compile();

    public bool MayBeShown => IsPublicInMemory(this);

    /// <summary>What the public sees of a consultation that it may know of.</summary>
    public PublicStatus PublicStatusAt(DateTimeOffset now) =>
        Status == ConsultationStatus.Withdrawn ? PublicStatus.Withdrawn
        : now < Period.OpensAt ? PublicStatus.Forthcoming
        : now < Period.ClosesAt ? PublicStatus.Open
        : PublicStatus.Closed;

    /// <summary>The day by which the outcome was promised has passed and nothing is published.</summary>
    public bool IsOutcomeLate(DateTimeOffset now) =>
        AnsweredAt is null && Status != ConsultationStatus.Withdrawn && UkTime.DateOf(now) > OutcomeDueOn;

    public static Consultation Draft(EngagementId engagement, string slug, ConsultationDetails details, Actor author, DateTimeOffset now)
    {
        var consultation = new Consultation
        {
            Id = ConsultationId.New(),
            EngagementId = engagement,
            Slug = slug,
            Content = ConsultationContent.Of(details),
            Period = ConsultationPeriod.Between(details.Opens, details.Closes),
            Authors = [author.ToString()],
        };
        consultation.Raise(new ConsultationDrafted(consultation.Id, engagement, slug, consultation.Details, now));
        return consultation;
    }

    /// <summary>Changes what officers wrote. It is a draft again: whatever was submitted or approved was another text.</summary>
    /// <exception cref="RuleBrokenException"><c>content-frozen</c> once it has opened.</exception>
    public void Edit(ConsultationDetails details, Actor author, DateTimeOffset now)
    {
        RequireEditable(now);
        var before = Details;
        var period = ConsultationPeriod.Between(details.Opens, details.Closes);
        var content = ConsultationContent.Of(details);
        var changes = DetailsChanges.Between(before, content.With(period));
        if (changes.Count == 0)
        {
            return;
        }

        Content = content;
        Period = period;
        AddAuthor(author);
        Raise(new ConsultationEdited(Id, changes, now));
        LoseApproval("text or dates", ConsultationStatus.Draft, now);
    }

    /// <summary>Content that lies elsewhere is about to change. Its writer counts as an author; what was approved must be approved again.</summary>
    /// <returns>False once it has opened: it is too late.</returns>
    public bool TryChangeElsewhere(string changed, Actor author, DateTimeOffset now)
    {
        if (!IsEditable(now))
        {
            return false;
        }

        AddAuthor(author);
        Raise(new ConsultationContentChanged(Id, changed, now));
        LoseApproval(changed, ConsultationStatus.AwaitingApproval, now);
        return true;
    }

    /// <summary>Adds a paper, or the next version of it.</summary>
    /// <exception cref="RuleBrokenException">
    /// <c>content-frozen</c> once it has opened: whoever answered early must have had the papers that those who answer late have.
    /// </exception>
    public ConsultationDocument AddDocument(string name, string mediaType, byte[] content, Actor author, DateTimeOffset now)
    {
        RequireEditable(now);
        var earlier = documents.Where(d => d.Name == name).ToList();
        earlier.ForEach(d => d.Retire(now));
        var document = ConsultationDocument.Of(name, earlier.Count + 1, mediaType, content, author.ToString(), now);
        documents.Add(document);
        AddAuthor(author);
        Raise(new DocumentAdded(Id, document.Id, name, document.Version, mediaType, document.Size, document.Sha256, now));
        LoseApproval("documents", ConsultationStatus.AwaitingApproval, now);
        return document;
    }

    /// <summary>
    /// Adds or corrects a paper while people are answering. Papers are frozen then, so that those who answer early have what those who answer late have; but
    /// people who must go on reading a paper that is known to be wrong, or without one that they need, are not consulted at all (sufficient reasons, R v Brent
    /// LBC ex p Gunning (1985) 84 LGR 168). So it is possible, never quietly: with a public reason, flagged with the days that were left to read it, told to everybody who
    /// responded or follows, and beside the version before it, which stays readable. Who thinks that the days do not suffice extends. Nothing is ever taken away.
    /// </summary>
    /// <exception cref="RuleBrokenException"><c>not-open</c> before it opens, where papers are simply added, and once it has closed.</exception>
    public ConsultationDocument AddLateDocument(string name, string mediaType, byte[] content, string publicReason, Actor author, DateTimeOffset now)
    {
        Require(
            Status is ConsultationStatus.Open or ConsultationStatus.Scheduled && now >= Period.OpensAt && now < Period.ClosesAt,
            "not-open",
            "Only while people are answering does a paper need a reason. Before that add it without one; after the close it would come too late to be read.");
        var earlier = documents.Where(d => d.Name == name).ToList();
        earlier.ForEach(d => d.Retire(now));
        var daysLeft = Period.LastDay.DayNumber - UkTime.DateOf(now).DayNumber;
        var document = ConsultationDocument.Of(name, earlier.Count + 1, mediaType, content, author.ToString(), now, (publicReason.Trim(), daysLeft));
        documents.Add(document);
        Raise(new DocumentAddedLate(Id, document.Id, name, document.Version, mediaType, document.Size, document.Sha256, daysLeft, document.LateReason!, now));
        return document;
    }

    /// <exception cref="NotFoundException">No paper of that name is shown.</exception>
    /// <exception cref="RuleBrokenException"><c>content-frozen</c> once it has opened.</exception>
    public void RemoveDocument(string name, Actor author, DateTimeOffset now)
    {
        RequireEditable(now);
        var shown = documents.Find(d => d.Name == name && d.RetiredAt is null) ?? throw new NotFoundException("document");
        shown.Retire(now);
        AddAuthor(author);
        Raise(new DocumentRemoved(Id, name, now));
        LoseApproval("documents", ConsultationStatus.AwaitingApproval, now);
    }

    /// <summary>The timetable that its regimes ask for with these dates; without a regime good practice is the measure.</summary>
    /// <param name="decision">When the engagement plans the decision; a date among the consultation's own inputs goes before it.</param>
    /// <param name="actual">Dates as they really were, by input; they go before what was planned. Null where only the plan counts.</param>
    /// <exception cref="RuleBrokenException">As <see cref="TimetableCalculator.Calculate"/>.</exception>
    public Timetable TimetableFor(ConsultationPeriod period, DateOnly? decision, TimetableCalculator calculator, IReadOnlyDictionary<string, DateOnly>? actual = null)
    {
        var inputs = PlannedInputs();
        foreach (var (name, date) in actual ?? new Dictionary<string, DateOnly>(StringComparer.Ordinal))
        {
            // What happened stays on record when its regime is not chosen any more; then nothing counts from it.
            if (Content.Regimes.Any(id => calculator.Regimes.Get(id).Inputs.Any(i => i.Name == name)))
            {
                inputs = inputs.With(name, date);
            }
        }

        inputs = inputs.With(TimetableInputs.Opens, period.OpensOn).With(TimetableInputs.Closes, period.ClosesOn);
        if (decision is { } day && inputs.Date(TimetableInputs.Decision) is null)
        {
            inputs = inputs.With(TimetableInputs.Decision, day);
        }

        return calculator.Calculate(Content.Regimes.Count > 0 ? Content.Regimes : [GoodPractice], inputs with { ClosingTime = period.ClosesTime });
    }

    /// <summary>The date that was planned for one of the inputs; null where none was.</summary>
    public DateOnly? PlannedDate(string input) => PlannedInputs().Date(input);

    private TimetableInputs PlannedInputs() =>
        TimetableInputs.Read(Content.Inputs, (name, reason) => throw new InvalidOperationException($"Input {name} was stored and cannot be read: {reason}"));

    private bool IsEditable(DateTimeOffset now) =>
        Status is ConsultationStatus.Draft or ConsultationStatus.AwaitingApproval || (Status == ConsultationStatus.Scheduled && now < Period.OpensAt);

    private void RequireEditable(DateTimeOffset now)
    {
        if (Status == ConsultationStatus.Withdrawn)
        {
            throw new RuleBrokenException("content-frozen", "It was withdrawn, so it stays as it is. Draft a new consultation.");
        }

        if (!IsEditable(now))
        {
            throw new RuleBrokenException(
                "content-frozen",
                "It has opened, so what people answer stays as it is for everybody. Extend it if people need more time; withdraw it and start again if it is wrong.");
        }
    }

    private void AddAuthor(Actor author)
    {
        if (!Authors.Contains(author.ToString(), StringComparer.Ordinal))
        {
            Authors = [.. Authors, author.ToString()];
        }
    }

    private void LoseApproval(string changed, ConsultationStatus back, DateTimeOffset now)
    {
        if (Status == ConsultationStatus.Draft)
        {
            return;
        }

        // What was only waiting for approval waits on, unless its dates must be checked again.
        Status = back;
        if (Approval is not null)
        {
            Approval = null;
            Raise(new ConsultationApprovalLapsed(Id, changed, now));
        }
    }

    private void Require(bool condition, string code, string message)
    {
        if (!condition)
        {
            throw new RuleBrokenException(code, message, facts: new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["consultationStatus"] = JsonNamingPolicy.KebabCaseLower.ConvertName(Status.ToString()),
            });
        }
    }
}
