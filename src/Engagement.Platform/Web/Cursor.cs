using System.Buffers.Text;
using System.Text;
using FluentValidation;
using FluentValidation.Results;

namespace Engagement.Platform.Web;

/// <summary>One page of a list, and where the next one begins.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>The place in a list after which a page begins: the id of the last row shown, opaque to callers.</summary>
public static class Cursor
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 200;

    public static string After(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    /// <returns>Null for the first page.</returns>
    /// <exception cref="ValidationException">The cursor is none of ours.</exception>
    public static Guid? Read(string? cursor)
    {
        if (cursor is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[18];
        return Encoding.UTF8.GetByteCount(cursor) <= 24 && Base64Url.IsValid(cursor) && Base64Url.TryDecodeFromChars(cursor, bytes, out var written) && written == 16
            ? new Guid(bytes[..16], bigEndian: true)
            : throw new ValidationException([new ValidationFailure("cursor", "Take the cursor from the answer before, unchanged")]);
    }

    /// <exception cref="ValidationException">Outside 1 to 200.</exception>
    public static int Limit(int? limit) => limit switch
    {
        null => DefaultLimit,
        >= 1 and <= MaximumLimit => limit.Value,
        _ => throw new ValidationException([new ValidationFailure("limit", $"Give a limit from 1 to {MaximumLimit}")]),
    };

    /// <summary>Cuts a list that was read with one row more than the limit.</summary>
    public static Page<T> Cut<T>(List<T> rows, int limit, Func<T, Guid> id) =>
        rows.Count > limit ? new Page<T>(rows[..limit], After(id(rows[limit - 1]))) : new Page<T>(rows, null);
}
