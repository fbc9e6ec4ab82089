using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Begins the correction of a notice that was published and is wrong: another notice, among the tasks, linked to it.</summary>
/// <param name="WhatWasWrong">In words for the public.</param>
/// <param name="RestartsTime">Time runs anew from the correction; otherwise it goes on running from the notice that was wrong.</param>
/// <param name="DueOn">By when the correction is to be published.</param>
/// <param name="ExpectedVersion">The version of the notices that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record CorrectNotice(
    ConsultationId Id, NoticeId NoticeId, string WhatWasWrong, bool RestartsTime, DateOnly DueOn, int? ExpectedVersion = null) : ICommand<NoticesView>;

internal sealed class CorrectNoticeValidator : AbstractValidator<CorrectNotice>
{
    public CorrectNoticeValidator(TimeProvider clock)
    {
        RuleFor(c => c.WhatWasWrong).NotEmpty().WithMessage("Say what was wrong, in words for the public").IsText(2_000);
        RuleFor(c => c.DueOn).Must(d => d >= UkTime.DateOf(clock.GetUtcNow())).WithMessage("Choose a day for the correction that is not past");
    }
}

internal sealed class CorrectNoticeHandler(IConsultationsDb db, NoticeTasks tasks, TimeProvider clock) : IRequestHandler<CorrectNotice, NoticesView>
{
    public async Task<NoticesView> Handle(CorrectNotice request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, cancellationToken);
        var notices = await db.LoadNotices(request.Id, request.ExpectedVersion, cancellationToken);
        notices.Correct(request.NoticeId, request.WhatWasWrong, request.RestartsTime, request.DueOn, now);
        await tasks.Follow(consultation, notices, now, cancellationToken);
        return await db.SaveNotices(notices, cancellationToken);
    }
}
