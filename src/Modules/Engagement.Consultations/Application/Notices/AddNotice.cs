using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Adds a notice that no regime demands and that the council wants all the same.</summary>
/// <param name="ExpectedVersion">The version of the notices that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record AddNotice(ConsultationId Id, string What, string? Where, string? Responsible, DateOnly? DueOn, int? ExpectedVersion = null) : ICommand<NoticesView>;

internal sealed class AddNoticeValidator : AbstractValidator<AddNotice>
{
    public AddNoticeValidator()
    {
        RuleFor(c => c.What).NotEmpty().WithMessage("Enter what is to be made public").IsText(500);
        RuleFor(c => c.Where).IsText(500);
        RuleFor(c => c.Responsible).IsText(200);
    }
}

internal sealed class AddNoticeHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<AddNotice, NoticesView>
{
    public async Task<NoticesView> Handle(AddNotice request, CancellationToken cancellationToken)
    {
        await db.MustExist(request.Id, cancellationToken);
        var notices = await db.NoticeLists.SingleOrDefaultAsync(n => n.ConsultationId == request.Id, cancellationToken);
        if (notices is null)
        {
            notices = ConsultationNotices.Of(request.Id);
            db.NoticeLists.Add(notices);
        }

        notices.MustBeAt(request.ExpectedVersion);
        notices.Add(request.What, request.Where, request.Responsible, request.DueOn, clock.GetUtcNow());
        return await db.SaveNotices(notices, cancellationToken);
    }
}

internal static class NoticeSaving
{
    public static async Task<NoticesView> SaveNotices(this IConsultationsDb db, ConsultationNotices notices, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        return NoticesView.Of(notices, await db.Proofs.AsNoTracking().Where(p => p.ConsultationId == notices.ConsultationId).ToListAsync(cancellationToken));
    }
}
