using System.IO.Compression;
using System.Security.Cryptography;

namespace Engagement.Platform;

/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record SummedFile(string Path, long Bytes, string Sha256);

/// <summary>A zip that is written once from its beginning to its end, file by file, each with its size and sum noted.</summary>
public sealed class SummedZip : IAsyncDisposable
{
    private readonly ZipArchive zip;
    private readonly LateWrites target;
    private readonly DateTimeOffset at;

    private SummedZip(ZipArchive zip, LateWrites target, DateTimeOffset at)
    {
        this.zip = zip;
        this.target = target;
        this.at = at;
    }

    /// <param name="at">The time that every file carries, so that the same content makes the same bytes.</param>
    public static async Task<SummedZip> BeginAsync(Stream to, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var late = new LateWrites(to);
        return new SummedZip(await ZipArchive.CreateAsync(late, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken), late, at);
    }

    /// <param name="write">Writes with <c>WriteAsync</c> alone.</param>
    public async Task<SummedFile> AddAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = at;
        await using var stream = new SummingStream(await entry.OpenAsync(cancellationToken));
        await write(stream);
        await stream.FlushAsync(cancellationToken);
        return new SummedFile(path, stream.Bytes, stream.Sum());
    }

    /// <summary>Writes the end of the zip: without it there is none.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await zip.DisposeAsync();
        await target.SettleAsync(cancellationToken);
    }

    /// <summary>Whoever did not come to <see cref="CompleteAsync"/> leaves half a zip, which is thrown away.</summary>
    public ValueTask DisposeAsync() => zip.DisposeAsync();

    /// <summary>Counts and sums what passes through it.</summary>
    private sealed class SummingStream(Stream inner) : OneWayStream
    {
        private const int BufferSize = 64 * 1024;

        private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly BufferedStream buffered = new(inner, BufferSize);

        public long Bytes { get; private set; }

        public string Sum() => Convert.ToHexStringLower(hash.GetCurrentHash());

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            hash.AppendData(buffer.Span);
            Bytes += buffer.Length;
            return buffered.WriteAsync(buffer, cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Write with WriteAsync: it may go to the database.");

        public override Task FlushAsync(CancellationToken cancellationToken) => buffered.FlushAsync(cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            hash.Dispose();
            await buffered.DisposeAsync();
            await base.DisposeAsync();
        }
    }

    /// <summary>The library writes the end of a file without waiting, which a file in the database cannot bear: those few bytes wait for the next write that does.</summary>
    private sealed class LateWrites(Stream inner) : OneWayStream
    {
        private readonly MemoryStream waiting = new();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await SettleAsync(cancellationToken);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override void Write(byte[] buffer, int offset, int count) => waiting.Write(buffer, offset, count);

        public override Task FlushAsync(CancellationToken cancellationToken) => SettleAsync(cancellationToken);

        public async Task SettleAsync(CancellationToken cancellationToken)
        {
            if (waiting.Length > 0)
            {
                await inner.WriteAsync(waiting.GetBuffer().AsMemory(0, (int)waiting.Length), cancellationToken);
                waiting.SetLength(0);
            }
        }
    }

    /// <summary>What every stream here is: written from its beginning to its end.</summary>
    private abstract class OneWayStream : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public abstract override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
