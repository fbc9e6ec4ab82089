using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>Every version of every paper, retired ones too: by name, the newest version first.</summary>
[RequiresScope("consultations:read")]
public sealed record ListDocuments(ConsultationId Id) : IQuery<IReadOnlyList<DocumentVersion>>;

/// <param name="RetiredAt">Null while the public sees it, or will see it.</param>
/// <param name="PublicFrom">The first instant at which the public could read it; null while it could not.</param>
/// <param name="AddedBy">As the history names actors; null where that was before it was kept here.</param>
public sealed record DocumentVersion(DocumentView Document, DateTimeOffset? RetiredAt, DateTimeOffset? PublicFrom, string? AddedBy);

internal sealed class ListDocumentsHandler(IConsultationsDb db) : IRequestHandler<ListDocuments, IReadOnlyList<DocumentVersion>>
{
    public async Task<IReadOnlyList<DocumentVersion>> Handle(ListDocuments request, CancellationToken cancellationToken) =>
    [
        .. (await db.Load(request.Id, cancellationToken)).Documents
            .OrderBy(d => d.Name, StringComparer.Ordinal).ThenByDescending(d => d.Version)
            .Select(d => new DocumentVersion(DocumentView.Of(d), d.RetiredAt, d.PublicFrom, d.AddedBy)),
    ];
}
