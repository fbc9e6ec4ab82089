using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

internal sealed class VoidConsultationApprovalHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock)
    : IRequestHandler<VoidConsultationApproval, VoidConsultationApprovalResult>
{
    public async Task<VoidConsultationApprovalResult> Handle(VoidConsultationApproval request, CancellationToken cancellationToken)
    {
        var consultation = await db.Consultations.SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken);
        if (consultation is null)
        {
            return VoidConsultationApprovalResult.NotFound;
        }

        if (!consultation.TryChangeElsewhere(request.Changed, current.Actor, clock.GetUtcNow()))
        {
            return VoidConsultationApprovalResult.Frozen;
        }

        await db.SaveChangesAsync(cancellationToken);
        return VoidConsultationApprovalResult.Void;
    }
}
