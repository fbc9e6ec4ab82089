using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Says where a notice is to be published and who sees to it; of a notice of the officers' own also by when.</summary>
/// <param name="ExpectedVersion">The version of the notices that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record PlanNotice(ConsultationId Id, NoticeId NoticeId, string? Where, string? Responsible, DateOnly? DueOn, int? ExpectedVersion = null) : ICommand<NoticesView>;

internal sealed class PlanNoticeValidator : AbstractValidator<PlanNotice>
{
    public PlanNoticeValidator()
    {
        RuleFor(c => c.Where).IsText(500);
        RuleFor(c => c.Responsible).IsText(200);
    }
}

internal sealed class PlanNoticeHandler(IConsultationsDb db, TimeProvider clock) : IRequestHandler<PlanNotice, NoticesView>
{
    public async Task<NoticesView> Handle(PlanNotice request, CancellationToken cancellationToken)
    {
        var notices = await db.LoadNotices(request.Id, request.ExpectedVersion, cancellationToken);
        notices.Plan(request.NoticeId, request.Where, request.Responsible, request.DueOn, clock.GetUtcNow());
        return await db.SaveNotices(notices, cancellationToken);
    }
}
