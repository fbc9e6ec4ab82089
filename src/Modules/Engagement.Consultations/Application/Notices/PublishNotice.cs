using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain.Notices;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Notices;

/// <summary>
/// Records that a notice was published, on which day that really was, and what shows it. Where the law counts from that day the timetable is
/// computed anew; what was recorded stays beside it.
/// </summary>
/// <param name="Proof">What shows it; null where a proof of it was added before.</param>
/// <param name="Reason">Why the record changes, where it was recorded before.</param>
/// <param name="ExpectedVersion">The version of the notices that the caller read; null where the caller need not have read one.</param>
[RequiresScope("consultations:write")]
public sealed record PublishNotice(
    ConsultationId Id, NoticeId NoticeId, DateOnly PublishedOn, string Where, NewProof? Proof, string? Reason = null, int? ExpectedVersion = null) : ICommand<NoticesView>;

/// <summary>A file, or the address of a page.</summary>
/// <param name="Name">Of the file, with its extension; of a page its address.</param>
/// <param name="MediaType">As for a document; null for a page.</param>
/// <param name="Content">Null for a page.</param>
public sealed record NewProof(ProofKind Kind, string Name, string? MediaType = null, byte[]? Content = null);

internal sealed class NewProofValidator : AbstractValidator<NewProof>
{
    public NewProofValidator()
    {
        RuleFor(p => p.Kind).IsInEnum();
        RuleFor(p => p.Name).Must(IsPage).When(p => p.Kind == ProofKind.WebPage).WithMessage("Enter the whole address of the page, such as https://www.council.example/notices/12");
        RuleFor(p => p.Name).IsFileName().When(p => p.Kind != ProofKind.WebPage);
        RuleFor(p => p.Content).NotNull().When(p => p.Kind != ProofKind.WebPage).WithMessage("Choose a file");
        RuleFor(p => p.Content).Null().When(p => p.Kind == ProofKind.WebPage).WithMessage("Give a page by its address, or send a file as a cutting, a photograph or a file");
    }

    private static bool IsPage(string address) =>
        address.Length <= 2_000 && Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0;
}

internal sealed class PublishNoticeValidator : AbstractValidator<PublishNotice>
{
    public PublishNoticeValidator()
    {
        RuleFor(c => c.Where).NotEmpty().WithMessage("Enter where it was published, such as the newspaper or the streets").IsText(500);
        RuleFor(c => c.PublishedOn).Must(d => d.Year >= 2000).WithMessage("Enter the day on which it was published");
        RuleFor(c => c.Reason).IsText(2_000);
        RuleFor(c => c.Proof!).SetValidator(new NewProofValidator()).When(c => c.Proof is not null);
    }
}

internal sealed class PublishNoticeHandler(IConsultationsDb db, NoticeTasks tasks, ICurrentActor current, TimeProvider clock) : IRequestHandler<PublishNotice, NoticesView>
{
    public async Task<NoticesView> Handle(PublishNotice request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var consultation = await db.Load(request.Id, cancellationToken);
        var notices = await db.LoadNotices(request.Id, request.ExpectedVersion, cancellationToken);
        var hasProof = request.Proof is not null || await db.Proofs.AnyAsync(p => p.SubjectId == request.NoticeId.Value, cancellationToken);
        notices.Publish(request.NoticeId, request.PublishedOn, request.Where, hasProof, request.Reason, now);
        if (request.Proof is { } proof)
        {
            notices.AddProof(db.Keep(proof, request.Id, request.NoticeId.Value, current.Actor, now));
        }

        await tasks.Follow(consultation, notices, now, cancellationToken);
        return await db.SaveNotices(notices, cancellationToken);
    }
}

internal static class ProofKeeping
{
    /// <summary>Adds a proof with its bytes to what is saved next.</summary>
    /// <exception cref="RuleBrokenException">As <see cref="Domain.DocumentFormat.Of"/>.</exception>
    public static Proof Keep(this IConsultationsDb db, NewProof proof, ConsultationId consultation, Guid subject, Actor by, DateTimeOffset now)
    {
        if (proof.Kind == ProofKind.WebPage)
        {
            var page = Proof.OfPage(consultation, subject, proof.Name, by.ToString(), now);
            db.Proofs.Add(page);
            return page;
        }

        var (file, content) = Proof.OfFile(consultation, subject, proof.Kind, proof.Name.Normalize(), proof.MediaType ?? "", proof.Content!, by.ToString(), now);
        db.Proofs.Add(file);
        db.ProofContents.Add(content);
        return file;
    }
}
