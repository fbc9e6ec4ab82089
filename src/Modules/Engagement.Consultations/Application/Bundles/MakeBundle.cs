using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>Writes the bundle of a consultation, and puts on record that it was made and the digest of its manifest.</summary>
/// <param name="Report">Told how many sections are done, of how many, and what is under way.</param>
[InternalRequest]
[NotRepeated]
public sealed record MakeBundle(ConsultationId Id, bool InFull, Stream To, Func<int, int, string, ValueTask> Report) : ICommand<BundleMade>
{
    public static string FileNameOf(string slug, bool inFull) => $"{slug}-bundle-{(inFull ? "full" : "redacted")}.zip";
}

internal sealed class MakeBundleHandler(BundleMaker maker, IConsultationsDb db, TimeProvider clock) : IRequestHandler<MakeBundle, BundleMade>
{
    public async Task<BundleMade> Handle(MakeBundle request, CancellationToken cancellationToken)
    {
        var made = await maker.MakeAsync(
            request.Id.Value,
            request.InFull,
            async services => Describe(await services.GetRequiredService<IMediator>().Send(new ShowConsultation(request.Id), cancellationToken)),
            request.To,
            request.Report,
            cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Whoever is changing the consultation at this moment writes on the same chain of history.
        await db.Database.ExecuteSqlAsync($"select 1 from consultations.consultation where id = {request.Id.Value} for no key update", cancellationToken);
        db.Record(request.Id.Value, nameof(Consultation), new BundleRecorded(request.Id, made.Digest, made.Files, request.InFull, made.At, clock.GetUtcNow()));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    private static BundleSubject Describe(ConsultationView consultation)
    {
        var responses = consultation.ResponseCount is { } count ? $" with {count:N0} response{(count == 1 ? "" : "s")}" : "";
        var standing = consultation.Status switch
        {
            ConsultationStatus.Draft => "It is a draft: nothing has been put to the public.",
            ConsultationStatus.AwaitingApproval => "It waits for approval: nothing has been put to the public.",
            ConsultationStatus.Scheduled => $"It is approved, and opens at {UkTime.SpellInstant(consultation.OpensAt)}.",
            ConsultationStatus.Open => $"It is open until {consultation.ClosesInWords}.",
            ConsultationStatus.Closing => $"It closed at {consultation.ClosesInWords}; its set of responses is not sealed yet.",
            ConsultationStatus.Closed => $"It closed at {consultation.ClosesInWords}{responses}; the responses are being analysed.",
            ConsultationStatus.UnderConsideration => $"It closed at {consultation.ClosesInWords}{responses}; a decision is awaited.",
            ConsultationStatus.Decided when consultation.AnsweredAt is null => $"It closed at {consultation.ClosesInWords}{responses} and was decided; its outcome is not published yet.",
            ConsultationStatus.Decided => $"It closed at {consultation.ClosesInWords}{responses}, was decided, and its outcome is published.",
            _ => $"It was withdrawn. {consultation.WithdrawalReason}",
        };
        return new BundleSubject(consultation.Title, standing, consultation.Status == ConsultationStatus.Withdrawn || consultation is { Status: ConsultationStatus.Decided, AnsweredAt: not null });
    }
}
