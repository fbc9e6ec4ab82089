using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Engagement.TestKit.Bundles;

/// <summary>A challenge bundle in memory, to be looked into, changed and packed again.</summary>
public sealed class UnpackedBundle
{
    private UnpackedBundle(Dictionary<string, byte[]> files) => Files = files;

    /// <summary>By path.</summary>
    public Dictionary<string, byte[]> Files { get; }

    public JsonObject Manifest => JsonNode.Parse(Files["manifest.json"])!.AsObject();

    public string Digest => Sum(Files["manifest.json"]);

    public static async Task<UnpackedBundle> Of(Stream zip)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            await using var stream = await entry.OpenAsync();
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            files.Add(entry.FullName, content.ToArray());
        }

        return new UnpackedBundle(files);
    }

    public static string Sum(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public UnpackedBundle Copy() => new(Files.ToDictionary(f => f.Key, f => (byte[])f.Value.Clone(), StringComparer.Ordinal));

    public string Text(string path) => Encoding.UTF8.GetString(Files[path]);

    public JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(Files[path]);

    /// <summary>Changes one byte in the middle of a file.</summary>
    public UnpackedBundle WithChangedByte(string path)
    {
        var changed = Copy();
        changed.Files[path][changed.Files[path].Length / 2] ^= 1;
        return changed;
    }

    /// <summary>Writes the sums of the files as they are into the manifest, as somebody would who hides a change.</summary>
    public UnpackedBundle WithSumsFixedUp()
    {
        var changed = Copy();
        var manifest = Manifest;
        foreach (var file in manifest["files"]!.AsArray().Select(f => f!.AsObject()))
        {
            var content = changed.Files[file["path"]!.GetValue<string>()];
            file["sha256"] = Sum(content);
            file["bytes"] = content.Length;
        }

        changed.Files["manifest.json"] = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        return changed;
    }

    /// <summary>As a zip file.</summary>
    public async Task PackAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Create);
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: false, entryNameEncoding: null);
        foreach (var (path, content) in Files)
        {
            await using var entry = await archive.CreateEntry(path).OpenAsync();
            await entry.WriteAsync(content);
        }
    }

    /// <summary>As a folder.</summary>
    public async Task UnpackAsync(string folder)
    {
        foreach (var (path, content) in Files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content);
        }
    }
}
