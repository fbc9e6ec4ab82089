using System.Buffers.Binary;

namespace Engagement.Consultations.Domain;

/// <summary>Whether a picture says where it was taken: cameras write that into the file, and nobody sees it who looks at the picture.</summary>
internal static class PictureLocation
{
    /// <summary>The entry that leads to the position, in the first directory of the camera's data (Exif 2.3, 4.6.3).</summary>
    private const ushort PositionEntry = 0x8825;
    private const int EntryLength = 12;

    /// <param name="content">Of a JPEG or PNG file; nothing is decoded.</param>
    public static bool IsIn(ReadOnlySpan<byte> content) =>
        HasPosition(After(content, "Exif\0\0"u8)) || HasPosition(After(content, "eXIf"u8)) || content.IndexOf("GPSLatitude"u8) >= 0;

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> content, ReadOnlySpan<byte> mark) => content.IndexOf(mark) is >= 0 and var at ? content[(at + mark.Length)..] : [];

    /// <summary>The camera's data are a TIFF file without a picture: the order of bytes, 42, and where the first directory begins.</summary>
    private static bool HasPosition(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return false;
        }

        var isLittleEndian = tiff[0] == 'I';
        var directory = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return false;
        }

        var entries = tiff[(int)directory..];
        var count = Number(entries, isLittleEndian);
        entries = entries[2..];
        for (; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (Number(entries, isLittleEndian) == PositionEntry)
            {
                return true;
            }
        }

        return false;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
        isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
