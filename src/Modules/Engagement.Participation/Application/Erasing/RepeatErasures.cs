using Engagement.Kernel;
using Engagement.Participation.Contracts;
using Engagement.Participation.Domain;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Erasing;

/// <summary>Everything that participants have taken back, to be kept outside the database.</summary>
[InternalRequest]
public sealed record ListErasures : IQuery<IReadOnlyList<Erasure>>;

/// <summary>Takes back once more what the list knows of and the database does not, because it was restored from an older backup. All of it or nothing; once more changes nothing.</summary>
[InternalRequest]
public sealed record RepeatErasures(IReadOnlyList<Erasure> Erasures) : ICommand<RepeatedErasures>;

/// <param name="Unknown">Lines of the list that the database did not have.</param>
/// <param name="Removed">Those of them of which something was there again, and is gone.</param>
/// <param name="Sealed">Responses that were there again and stay, because their set was sealed with them.</param>
public sealed record RepeatedErasures(int Unknown, int Removed, int Sealed);

internal sealed class RepeatErasuresValidator : AbstractValidator<RepeatErasures>
{
    public RepeatErasuresValidator() =>
        RuleForEach(c => c.Erasures).Must(e => e is not null && Enum.IsDefined(e.Kind) && e.Id != Guid.Empty && e.Subject != Guid.Empty).WithMessage("This is no line that 'engagement erasures write' has written");
}

internal sealed class RepeatErasuresHandler(IParticipationDb db, Erasures erasures) : IRequestHandler<ListErasures, IReadOnlyList<Erasure>>, IRequestHandler<RepeatErasures, RepeatedErasures>
{
    public async Task<IReadOnlyList<Erasure>> Handle(ListErasures request, CancellationToken cancellationToken) =>
        await db.Erasures.AsNoTracking().OrderBy(e => e.ErasedAt).ThenBy(e => e.Id).ToListAsync(cancellationToken);

    public async Task<RepeatedErasures> Handle(RepeatErasures request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await db.Erasures.Select(e => e.Id).ToHashSetAsync(cancellationToken);
        var unknown = request.Erasures.Where(e => known.Add(e.Id)).ToList();
        var (withdrawn, kept) = await WithdrawAgain(unknown, cancellationToken);
        db.Erasures.AddRange(unknown);
        await db.SaveChangesAsync(cancellationToken);
        var removed = 0;
        foreach (var erasure in unknown)
        {
            removed += await erasures.Remove(erasure.Kind, erasure.Subject, cancellationToken) || withdrawn.Contains(erasure.Subject) ? 1 : 0;
        }

        await transaction.CommitAsync(cancellationToken);
        return new RepeatedErasures(unknown.Count, removed, kept);
    }

    private async Task<(IReadOnlySet<Guid> Withdrawn, int Kept)> WithdrawAgain(IEnumerable<Erasure> unknown, CancellationToken cancellationToken)
    {
        var takenBack = unknown.Where(e => e.Kind == ErasureKind.Response).DistinctBy(e => e.Subject).ToDictionary(e => new ResponseId(e.Subject), e => e.ErasedAt);
        var responses = await db.Responses.Where(r => takenBack.Keys.Contains(r.Id) && r.WithdrawnAt == null).ToListAsync(cancellationToken);
        var consultations = responses.Select(r => r.ConsultationId.Value).Distinct().ToArray();
        var unsealed = await db.Forms.FromSql($"select * from participation.response_form where consultation_id = any({consultations}) and sealed_at is null for share")
            .AsNoTracking().ToListAsync(cancellationToken);
        var withdrawn = responses.Where(r => unsealed.Exists(f => f.ConsultationId == r.ConsultationId)).ToList();
        withdrawn.ForEach(r => r.Withdraw(takenBack[r.Id]));
        return (withdrawn.Select(r => r.Id.Value).ToHashSet(), responses.Count - withdrawn.Count);
    }
}
