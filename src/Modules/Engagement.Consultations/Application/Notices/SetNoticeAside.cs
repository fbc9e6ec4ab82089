using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Notices;

/// <summary>Says that a notice does not apply here, and why. Nothing is counted from it then.</summary>
/// <param name="ExpectedVersion">The version of the notices that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record SetNoticeAside(ConsultationId Id, NoticeId NoticeId, string Reason, int? ExpectedVersion = null) : ICommand<NoticesView>;

/// <summary>Puts back among the tasks what was set aside.</summary>
[RequiresScope("consultations:write")]
public sealed record TakeNoticeUp(ConsultationId Id, NoticeId NoticeId, int? ExpectedVersion = null) : ICommand<NoticesView>;

internal sealed class SetNoticeAsideValidator : AbstractValidator<SetNoticeAside>
{
    public SetNoticeAsideValidator() => RuleFor(c => c.Reason).NotEmpty().WithMessage("Say why it does not apply").IsText(2_000);
}

internal sealed class SetNoticeAsideHandler(IConsultationsDb db, NoticeTasks tasks, TimeProvider clock)
    : IRequestHandler<SetNoticeAside, NoticesView>, IRequestHandler<TakeNoticeUp, NoticesView>
{
    public Task<NoticesView> Handle(SetNoticeAside request, CancellationToken cancellationToken) =>
        Change(request.Id, request.ExpectedVersion, (notices, now) => notices.SetAside(request.NoticeId, request.Reason, now), cancellationToken);

    public Task<NoticesView> Handle(TakeNoticeUp request, CancellationToken cancellationToken) =>
        Change(request.Id, request.ExpectedVersion, (notices, now) => notices.TakeUp(request.NoticeId, now), cancellationToken);

    private async Task<NoticesView> Change(ConsultationId id, int? expectedVersion, Action<ConsultationNotices, DateTimeOffset> change, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(id, cancellationToken);
        var notices = await db.LoadNotices(id, expectedVersion, cancellationToken);
        change(notices, now);
        await tasks.Follow(consultation, notices, now, cancellationToken);
        return await db.SaveNotices(notices, cancellationToken);
    }
}
