using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Adds what shows that a notice was published, before or after that is recorded.</summary>
[RequiresScope("consultations:write")]
public sealed record AddNoticeProof(ConsultationId Id, NoticeId NoticeId, NewProof Proof) : ICommand<NoticesView>;

internal sealed class AddNoticeProofValidator : AbstractValidator<AddNoticeProof>
{
    public AddNoticeProofValidator() => RuleFor(c => c.Proof).SetValidator(new NewProofValidator());
}

internal sealed class AddNoticeProofHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<AddNoticeProof, NoticesView>
{
    public async Task<NoticesView> Handle(AddNoticeProof request, CancellationToken cancellationToken)
    {
        var notices = await db.LoadNotices(request.Id, null, cancellationToken);
        notices.AddProof(db.Keep(request.Proof, request.Id, request.NoticeId.Value, current.Actor, clock.GetUtcNow()));
        return await db.SaveNotices(notices, cancellationToken);
    }
}

/// <summary>The file that shows something, for officers.</summary>
[RequiresScope("consultations:read")]
public sealed record ReadProof(ConsultationId Id, ProofId ProofId) : IQuery<DocumentFile>;

internal sealed class ReadProofHandler(IConsultationsDb db) : IRequestHandler<ReadProof, DocumentFile>
{
    public async Task<DocumentFile> Handle(ReadProof request, CancellationToken cancellationToken) =>
        await (
            from p in db.Proofs.AsNoTracking()
            join c in db.ProofContents on p.Id equals c.ProofId
            where p.ConsultationId == request.Id && p.Id == request.ProofId
            select new DocumentFile(p.Name, p.MediaType!, p.Sha256!, c.Bytes)).SingleOrDefaultAsync(cancellationToken)
        ?? throw new NotFoundException("proof");
}
