using Engagement.Platform.Security;
using Npgsql;

namespace Engagement.Platform.Work;

/// <summary>Stores what is written to it in pieces, each encrypted under a key of its own place, so that none can be moved or exchanged.</summary>
internal sealed class WorkFileWriter(NpgsqlDataSource dataSource, MasterKey masterKey, WorkId id, int attempt) : Stream
{
    public const int PieceSize = 256 * 1024;

    private readonly byte[] piece = new byte[PieceSize];
    private int filled;
    private int number;

    /// <summary>Bytes written so far.</summary>
    public long Size { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Size;

    public override long Position
    {
        get => Size;
        set => throw new NotSupportedException();
    }

    public static string PurposeOf(WorkId id, int attempt, int number) => $"work/{id}/{attempt}/{number}";

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length > 0)
        {
            var fits = Math.Min(buffer.Length, PieceSize - filled);
            buffer[..fits].CopyTo(piece.AsMemory(filled));
            filled += fits;
            Size += fits;
            buffer = buffer[fits..];
            if (filled == PieceSize)
            {
                await StoreAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Nothing: a piece is stored when it is full, the last one by <see cref="CompleteAsync"/>.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (filled > 0)
        {
            await StoreAsync(cancellationToken);
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write with WriteAsync: the pieces go to the database.");

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("insert into platform.work_chunk (work_id, attempt, number, content) values ($1, $2, $3, $4)");
        command.Parameters.Add(new() { Value = id.Value });
        command.Parameters.Add(new() { Value = attempt });
        command.Parameters.Add(new() { Value = number });
        command.Parameters.Add(new() { Value = masterKey.Encrypt(PurposeOf(id, attempt, number), piece.AsSpan(0, filled)) });
        await command.ExecuteNonQueryAsync(cancellationToken);
        number++;
        filled = 0;
    }
}

/// <summary>A stored result, read piece by piece while it is sent, by any process.</summary>
public sealed class WorkFile
{
    private readonly NpgsqlDataSource dataSource;
    private readonly MasterKey masterKey;
    private readonly WorkId id;
    private readonly int attempt;

    internal WorkFile(NpgsqlDataSource dataSource, MasterKey masterKey, WorkItem item)
    {
        this.dataSource = dataSource;
        this.masterKey = masterKey;
        id = item.Id;
        attempt = item.Attempts;
        Name = item.FileName!;
        MediaType = item.FileType!;
        Size = item.FileSize!.Value;
    }

    public string Name { get; }

    public string MediaType { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <exception cref="InvalidDataException">A piece is missing: the file was removed while it was read.</exception>
    public async Task WriteToAsync(Stream stream, CancellationToken cancellationToken)
    {
        var written = 0L;
        for (var number = 0; written < Size; number++)
        {
            var piece = await ReadAsync(number, cancellationToken);
            await stream.WriteAsync(piece, cancellationToken);
            written += piece.Length;
        }
    }

    private async Task<byte[]> ReadAsync(int number, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select content from platform.work_chunk where work_id = $1 and attempt = $2 and number = $3");
        command.Parameters.Add(new() { Value = id.Value });
        command.Parameters.Add(new() { Value = attempt });
        command.Parameters.Add(new() { Value = number });
        return await command.ExecuteScalarAsync(cancellationToken) is byte[] encrypted
            ? masterKey.Decrypt(WorkFileWriter.PurposeOf(id, attempt, number), encrypted)
            : throw new InvalidDataException($"Piece {number} of the file of work {id} is not there any more.");
    }
}
