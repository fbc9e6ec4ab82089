using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Any version of a paper, for officers.</summary>
[RequiresScope("consultations:read")]
public sealed record ReadDocument(ConsultationId Id, DocumentId DocumentId) : IQuery<DocumentFile>;

/// <summary>A paper of a consultation that the public may know of: what is shown there, and what once was.</summary>
[AllowsAnyone]
public sealed record ReadPublicDocument(string Slug, DocumentId DocumentId) : IQuery<DocumentFile>;

/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record DocumentFile(string Name, string MediaType, string Sha256, byte[] Content);

internal sealed class ReadDocumentHandler(IConsultationsDb db) : IRequestHandler<ReadDocument, DocumentFile>, IRequestHandler<ReadPublicDocument, DocumentFile>
{
    public Task<DocumentFile> Handle(ReadDocument request, CancellationToken cancellationToken) => Read(
        db.Consultations.Where(c => c.Id == request.Id).SelectMany(c => c.Documents).Where(d => d.Id == request.DocumentId),
        cancellationToken);

    public Task<DocumentFile> Handle(ReadPublicDocument request, CancellationToken cancellationToken) => Read(
        db.Consultations.Where(c => c.Slug == request.Slug).Where(Consultation.IsPublic)
            .SelectMany(c => c.Documents).Where(d => d.Id == request.DocumentId && (d.RetiredAt == null || d.PublicFrom != null)),
        cancellationToken);

    private static async Task<DocumentFile> Read(IQueryable<ConsultationDocument> documents, CancellationToken cancellationToken) =>
        await documents.AsNoTracking()
            .Select(d => new DocumentFile(d.Name, d.MediaType, d.Sha256, d.Content.Bytes))
            .SingleOrDefaultAsync(cancellationToken)
        ?? throw new NotFoundException("document");
}
