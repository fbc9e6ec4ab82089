using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Whom a consultation asks in person, and what passed between them and the council. Without contacts.</summary>
/// <param name="NeverAnswered">Only those who were asked and have not answered.</param>
[RequiresScope("consultations:read")]
public sealed record ListConsultees(ConsultationId Id, bool NeverAnswered = false) : IQuery<ConsulteesView>;

/// <param name="Version">Of the list, which is its ETag; 0 while there is none.</param>
/// <param name="NeverAnswered">How many were asked and have not answered.</param>
public sealed record ConsulteesView(int Version, int NeverAnswered, IReadOnlyList<ConsulteeView> Consultees)
{
    internal static ConsulteesView Of(ConsulteeList list, IReadOnlyList<Proof> proofs, bool neverAnswered = false) => new(
        list.Version,
        list.Consultees.Count(c => c.IsUnanswered),
        [
            .. list.Consultees.Where(c => !neverAnswered || c.IsUnanswered).OrderBy(c => c.State).ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Id.Value)
                .Select(c => ConsulteeView.Of(c, proofs)),
        ]);
}

/// <param name="Regime">The id of the regime that names them; null where officers added them.</param>
/// <param name="How">How they were notified.</param>
/// <param name="ChasedOn">Each day on which they were asked again.</param>
/// <param name="AnswerReference">Where the answer is.</param>
public sealed record ConsulteeView(
    ConsulteeId Id,
    string? Regime,
    string Name,
    bool HasContact,
    ConsulteeState State,
    DateOnly? NotifiedOn,
    string? How,
    DateOnly? DeliveredOn,
    IReadOnlyList<DateOnly> ChasedOn,
    DateOnly? AnsweredOn,
    string? AnswerReference,
    string? NotApplicableReason,
    IReadOnlyList<ProofView> Proofs)
{
    internal static ConsulteeView Of(Consultee c, IReadOnlyList<Proof> proofs) => new(
        c.Id, c.Regime, c.Name, c.Contact is not null, c.State, c.NotifiedOn, c.How, c.DeliveredOn, c.ChasedOn, c.AnsweredOn, c.AnswerReference, c.NotApplicableReason,
        [.. proofs.Where(p => p.SubjectId == c.Id.Value).OrderBy(p => p.AddedAt).Select(ProofView.Of)]);
}

/// <summary>Whom to write to: for those who do the writing.</summary>
[RequiresScope("consultations:write")]
public sealed record FindConsulteeContact(ConsultationId Id, ConsulteeId ConsulteeId) : IQuery<ConsulteeContact>;

/// <param name="Contact">Null while nobody has said.</param>
public sealed record ConsulteeContact(string? Contact);

internal sealed class ListConsulteesHandler(IConsultationsDb db, MasterKey masterKey) : IRequestHandler<ListConsultees, ConsulteesView>, IRequestHandler<FindConsulteeContact, ConsulteeContact>
{
    public async Task<ConsulteesView> Handle(ListConsultees request, CancellationToken cancellationToken)
    {
        await db.MustExist(request.Id, cancellationToken);
        return await db.ConsulteeLists.AsNoTracking().SingleOrDefaultAsync(l => l.ConsultationId == request.Id, cancellationToken) is { } list
            ? ConsulteesView.Of(list, await db.Proofs.AsNoTracking().Where(p => p.ConsultationId == request.Id).ToListAsync(cancellationToken), request.NeverAnswered)
            : new ConsulteesView(0, 0, []);
    }

    public async Task<ConsulteeContact> Handle(FindConsulteeContact request, CancellationToken cancellationToken) =>
        new((await db.LoadConsultees(request.Id, null, cancellationToken)).Find(request.ConsulteeId).ReadContact(masterKey));
}

internal static class ConsulteeLists
{
    /// <exception cref="NotFoundException">There is no such consultation, or it asks nobody yet.</exception>
    public static async Task<ConsulteeList> LoadConsultees(this IConsultationsDb db, ConsultationId id, int? expectedVersion, CancellationToken cancellationToken)
    {
        var list = await db.ConsulteeLists.SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken) ?? throw new NotFoundException("consultee");
        list.MustBeAt(expectedVersion);
        return list;
    }

    public static async Task<ConsulteesView> SaveConsultees(this IConsultationsDb db, ConsulteeList list, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return ConsulteesView.Of(list, await db.Proofs.AsNoTracking().Where(p => p.ConsultationId == list.ConsultationId).ToListAsync(cancellationToken));
    }
}
