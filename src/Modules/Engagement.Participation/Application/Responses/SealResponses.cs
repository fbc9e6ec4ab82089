using System.Buffers.Binary;
using System.Security.Cryptography;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Responses;

/// <summary>
/// Seals the sets of responses whose drain window is over. It waits for the responses that are being stored and keeps out all
/// that come after; sealing twice changes nothing.
/// </summary>
[InternalRequest]
public sealed record SealResponses(IReadOnlyList<ConsultationId> ConsultationIds) : ICommand<Unit>;

internal sealed class SealResponsesHandler(IParticipationDb db, TimeProvider clock) : IRequestHandler<SealResponses, Unit>
{
    public async Task<Unit> Handle(SealResponses request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Ten million responses take longer to read than any request may.
        db.Database.SetCommandTimeout(0);
        await db.Database.ExecuteSqlAsync($"set local statement_timeout = 0", cancellationToken);
        var ids = request.ConsultationIds.Select(i => i.Value).ToArray();
        var forms = await db.Forms
            .FromSql($"select * from participation.response_form where consultation_id = any({ids}) order by consultation_id for update").ToListAsync(cancellationToken);
        foreach (var form in forms.Where(f => !f.IsSealed))
        {
            var (count, digest) = await DigestOf(form.ConsultationId, cancellationToken);
            form.Seal(count, digest, clock.GetUtcNow());
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Unit.Value;
    }

    /// <summary>
    /// SHA-256 over the counted responses in the order of their ids, of each: id (16 bytes, big-endian), version (4 bytes,
    /// big-endian), SHA-256 of the canonical JSON of its stored answers (32 bytes).
    /// </summary>
    private async Task<(int Count, string Digest)> DigestOf(ConsultationId consultation, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        var buffer = new byte[20];
        var responses = db.Responses.AsNoTracking()
            .Where(r => r.ConsultationId == consultation && r.WithdrawnAt == null && !r.IsLate)
            .OrderBy(r => r.Id)
            .Select(r => new { r.Id, r.Version, r.AnswersDigest })
            .AsAsyncEnumerable();
        await foreach (var response in responses.WithCancellation(cancellationToken))
        {
            response.Id.Value.TryWriteBytes(buffer, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(16), response.Version);
            hash.AppendData(buffer);
            hash.AppendData(response.AnswersDigest);
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
