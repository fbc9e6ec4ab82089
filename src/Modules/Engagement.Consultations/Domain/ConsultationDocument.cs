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

    public DocumentContent Content { get; private init; } = null!;

    public static ConsultationDocument Of(string name, int version, string mediaType, byte[] content, DateTimeOffset now)
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
            Content = new DocumentContent { DocumentId = id, Bytes = content },
        };
    }

    public void Retire(DateTimeOffset now) => RetiredAt ??= now;
}

/// <summary>The bytes, apart, so that listing papers does not read them.</summary>
internal sealed class DocumentContent
{
    public DocumentId DocumentId { get; init; }

    public byte[] Bytes { get; init; } = [];
}
