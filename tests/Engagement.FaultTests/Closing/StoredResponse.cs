using System.Buffers.Binary;
using System.Security.Cryptography;
using Engagement.FaultTests.Rig;

namespace Engagement.FaultTests.Closing;

/// <summary>A response as it lies in the database.</summary>
/// <param name="Key">The idempotency key as the participant sent it.</param>
/// <param name="Reference">As receipts show it.</param>
internal sealed record StoredResponse(Guid Id, string Key, string Reference, string Text, DateTimeOffset SubmittedAt, int Version, byte[] AnswersDigest)
{
    /// <summary>All that are stored, in the order of their ids.</summary>
    public static Task<List<StoredResponse>> Of(ProductionRig rig, RiggedConsultation consultation) => rig.Rows(
        """
        select id, regexp_replace(idempotency_key, '^.* ', ''), regexp_replace(reference, '(.{4})(.{4})(.{4})', '\1-\2-\3'), answers ->> 'view', submitted_at, version, answers_digest
          from participation.response where consultation_id = $1 order by id
        """,
        row => new StoredResponse(
            row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetInt32(5), row.GetFieldValue<byte[]>(6)),
        consultation.Id);

    /// <summary>The digest under which the set must have been sealed, as its documentation says: reckoned here once more.</summary>
    public static string DigestOf(IEnumerable<StoredResponse> responses)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = new byte[20];
        foreach (var response in responses)
        {
            response.Id.TryWriteBytes(head, bigEndian: true, out _);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(16), response.Version);
            hash.AppendData(head);
            hash.AppendData(response.AnswersDigest);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
