using System.Security.Cryptography;

namespace Engagement.Consultations.Domain;

/// <summary>One version of a paper that people need to answer, such as a draft order or a map. Its bytes lie in a table of their own.</summary>
internal sealed class ConsultationDocument
{
    private ConsultationDocument()
    {
    }

    public DocumentId Id { get; private init; }

    /// <summary>With its extension; the same name is the same paper in another version.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Counts the versions of one name from 1.</summary>
    public int Version { get; private init; }

    public string MediaType { get; private init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private init; }

    /// <summary>Of the bytes, lower-case hexadecimal.</summary>
    public string Sha256 { get; private init; } = "";

    public DateTimeOffset AddedAt { get; private init; }

    /// <summary>Null while it is shown; a newer version or a removal takes it from view, never from the record.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    /// <summary>As the history names actors; null where that was before it was kept here.</summary>
    public string? AddedBy { get; private init; }

    /// <summary>The first instant at which the public could read it; null while it could not. It stays readable from then on, newer version or not.</summary>
    public DateTimeOffset? PublicFrom { get; private set; }

    /// <summary>Why it was added or corrected while people were answering, in words for the public; null where it was there from the opening.</summary>
    public string? LateReason { get; private init; }

    /// <summary>Of a late one: whole days left to read it, the day of its addition not counted and the last day counted in.</summary>
    public int? DaysLeft { get; private init; }

    public DocumentContent Content { get; private init; } = null!;

    /// <param name="late">Of one that comes while people are answering: why, and how many days are left to read it.</param>
    public static ConsultationDocument Of(string name, int version, string mediaType, byte[] content, string addedBy, DateTimeOffset now, (string Reason, int DaysLeft)? late = null)
    {
        var id = DocumentId.New();
        return new ConsultationDocument
        {
            Id = id,
            Name = name,
            Version = version,
            MediaType = mediaType,
            Size = content.LongLength,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            AddedAt = now,
            AddedBy = addedBy,
            PublicFrom = late is null ? null : now,
            LateReason = late?.Reason,
            DaysLeft = late?.DaysLeft,
            Content = new DocumentContent { DocumentId = id, Bytes = content },
        };
    }

    public void BecomePublic(DateTimeOffset now) => PublicFrom ??= now;

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
}

/// <summary>The bytes, apart, so that listing papers does not read them.</summary>
internal sealed class DocumentContent
{
    public DocumentId DocumentId { get; init; }

    public byte[] Bytes { get; init; } = [];
}
