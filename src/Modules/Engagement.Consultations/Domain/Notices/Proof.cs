using System.Security.Cryptography;
using Engagement.Consultations.Contracts;

namespace Engagement.Consultations.Domain.Notices;

public enum ProofKind
{
    Cutting,
    Photograph,
    WebPage,
    File,
}

/// <summary>
/// What shows that a notice was published or that a consultee answered: a file, or the address of a page. Rows are only ever added, so that
/// nothing that was relied on can be changed afterwards.
/// </summary>
internal sealed class Proof
{
    private Proof()
    {
    }

    public ProofId Id { get; private init; }

    public ConsultationId ConsultationId { get; private init; }

    /// <summary>The notice or the consultee that it is about.</summary>
    public Guid SubjectId { get; private init; }

    public ProofKind Kind { get; private init; }

    /// <summary>The file's name, with its extension; of a page its address.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Null for a page.</summary>
    public string? MediaType { get; private init; }

    /// <summary>Bytes; null for a page.</summary>
    public long? Size { get; private init; }

    /// <summary>Of the bytes, lower-case hexadecimal; null for a page.</summary>
    public string? Sha256 { get; private init; }

    /// <summary>As the history names actors.</summary>
    public string AddedBy { get; private init; } = "";

    public DateTimeOffset AddedAt { get; private init; }

    public static Proof OfPage(ConsultationId consultation, Guid subject, string address, string by, DateTimeOffset now) => new()
    {
        Id = ProofId.New(),
        ConsultationId = consultation,
        SubjectId = subject,
        Kind = ProofKind.WebPage,
        Name = address,
        AddedBy = by,
        AddedAt = now,
    };

    /// <exception cref="Kernel.RuleBrokenException">As <see cref="DocumentFormat.Of"/>.</exception>
    public static (Proof Proof, ProofContent Content) OfFile(
        ConsultationId consultation, Guid subject, ProofKind kind, string name, string mediaType, byte[] content, string by, DateTimeOffset now)
    {
        var format = DocumentFormat.Of(name, mediaType, content);
        var proof = new Proof
        {
            Id = ProofId.New(),
            ConsultationId = consultation,
            SubjectId = subject,
            Kind = kind,
            Name = name,
            MediaType = format.MediaType,
            Size = content.LongLength,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            AddedBy = by,
            AddedAt = now,
        };
        return (proof, new ProofContent { ProofId = proof.Id, Bytes = content });
    }
}

/// <summary>The bytes, apart, so that listing proofs does not read them.</summary>
internal sealed class ProofContent
{
    public ProofId ProofId { get; init; }

    public byte[] Bytes { get; init; } = [];
}
