using System.Security.Cryptography;
using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>
/// Signs, as somebody who wrote none of it, that a part of the consultation was checked: the record holds who, when and which
/// version, with the digest of what was checked, and is never changed. A second signature for the same part is another record.
/// </summary>
[RequiresScope("consultations:approve")]
public sealed record SignCheckpoint(ConsultationId Id, CheckpointKind Kind, string? Remark = null) : ICommand<AssuranceChanged>;

internal sealed class SignCheckpointValidator : AbstractValidator<SignCheckpoint>
{
    public SignCheckpointValidator()
    {
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Remark).IsText(2_000);
    }
}

internal sealed class SignCheckpointHandler(IConsultationsDb db, IMediator mediator, ICurrentActor current, TimeProvider clock) : IRequestHandler<SignCheckpoint, AssuranceChanged>
{
    public async Task<AssuranceChanged> Handle(SignCheckpoint request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var what = request.Kind == CheckpointKind.Plan
            ? await Plan(consultation, cancellationToken)
            : CheckedThings.Of(request.Kind, consultation, assurance);
        assurance.Sign(request.Kind, what, request.Remark, consultation, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new AssuranceChanged(request.Id, assurance.Version);
    }

    private async Task<CheckedThing> Plan(Consultation consultation, CancellationToken cancellationToken)
    {
        var engagement = await mediator.Send(new FindEngagement(consultation.EngagementId), cancellationToken)
            ?? throw new InvalidOperationException($"Consultation {consultation.Id} serves engagement {consultation.EngagementId}, which does not exist.");
        return CheckedThings.Digested($"The plan of {engagement.Reference}, “{engagement.Title}”{(engagement.IsApproved ? ", approved" : ", not approved")}", engagement);
    }
}

/// <summary>What exactly is signed at each checkpoint: in words, and as a digest of its canonical JSON.</summary>
internal static class CheckedThings
{
    /// <exception cref="RuleBrokenException"><c>nothing-to-check</c>: it has not come that far.</exception>
    public static CheckedThing Of(CheckpointKind kind, Consultation c, ConsultationAssurance assurance) => kind switch
    {
        CheckpointKind.Scope => Digested($"Version {c.Version} of “{c.Content.Title}”: what is asked, what is open, what is decided already", c.Details),
        CheckpointKind.Documents => Documents(c),
        CheckpointKind.MidPoint => assurance.MidPoint is { } review
            ? Digested($"The review at the middle, recorded on {UkTime.Spell(UkTime.DateOf(review.At))}: {Words(review.Choice)}", review)
            : throw Nothing("The review at the middle is not recorded yet."),
        CheckpointKind.ClosingDate => Digested($"The closing date: {UkTime.SpellDeadline(c.Period.ClosesAt)}", new { c.Period.OpensAt, c.Period.ClosesAt, c.Extensions }),
        CheckpointKind.FinalReport => c is { ResponseDigest: { } digest, Status: ConsultationStatus.UnderConsideration or ConsultationStatus.Decided }
            ? new CheckedThing($"The report on {c.ResponseCount} responses, every free text read and grouped", digest)
            : throw Nothing("Not every free text has been read and grouped yet, so there is no final report."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a checkpoint of the consultation itself."),
    };

    public static CheckedThing Digested(string subject, object what) =>
        new(subject, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(CanonicalJson.Of(what)))));

    private static CheckedThing Documents(Consultation c)
    {
        var shown = c.Documents.Where(d => d.RetiredAt is null).OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => new { d.Name, d.Version, d.Sha256 }).ToList();
        return shown.Count == 0
            ? throw Nothing("It has no documents.")
            : Digested($"The documents: {string.Join(", ", shown.Select(d => $"{d.Name} (version {d.Version})"))}", shown);
    }

    private static string Words(MidPointChoice choice) => choice switch
    {
        MidPointChoice.CarryOn => "carry on",
        MidPointChoice.Extend => "extend",
        _ => "add outreach",
    };

    private static RuleBrokenException Nothing(string why) => new("nothing-to-check", $"{why} Sign this checkpoint when it is there.");
}
