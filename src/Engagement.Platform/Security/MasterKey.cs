using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Engagement.Platform.Security;

public sealed class SecurityOptions
{
    public const string Section = "Security";

    /// <summary>A file of 32 random bytes in base 64, outside the database and outside every backup of it.</summary>
    public string MasterKeyFile { get; set; } = "";

    /// <summary>Makes the file when it is missing: for the embedded database only, where the first start has no operator.</summary>
    public bool CreateMasterKey { get; set; }
}

/// <summary>
/// The one secret that lies outside the database. From it come keys for each purpose: a stolen copy of the database holds no
/// readable contact, no signing key and no receipt's secret.
/// </summary>
public sealed class MasterKey
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // What HKDF (RFC 5869) extracts: the same for every purpose.
    private readonly byte[] key;

    // Hashes have few purposes and are made with every response; what is encrypted may have a purpose for each piece.
    private readonly ConcurrentDictionary<string, byte[]> hashKeys = new(StringComparer.Ordinal);

    public MasterKey(IOptions<SecurityOptions> options)
        : this(Read(options.Value))
    {
    }

    public MasterKey(byte[] key) => this.key = HKDF.Extract(HashAlgorithmName.SHA256, key);

    /// <summary>A key of 32 bytes for one purpose; the same purpose always gives the same key (HKDF, RFC 5869).</summary>
    public byte[] For(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, key, 32, Encoding.UTF8.GetBytes(purpose));

    /// <summary>AES-256-GCM: nonce, tag, text. Only the same purpose can open it.</summary>
    public byte[] Encrypt(string purpose, ReadOnlySpan<byte> plain)
    {
        var result = new byte[NonceLength + TagLength + plain.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceLength));
        using var aes = new AesGcm(For(purpose), TagLength);
        aes.Encrypt(result.AsSpan(0, NonceLength), plain, result.AsSpan(NonceLength + TagLength), result.AsSpan(NonceLength, TagLength));
        return result;
    }

    public byte[] Encrypt(string purpose, string plain) => Encrypt(purpose, Encoding.UTF8.GetBytes(plain));

    /// <exception cref="CryptographicException">It was changed, or encrypted with another key or for another purpose.</exception>
    public byte[] Decrypt(string purpose, ReadOnlySpan<byte> encrypted)
    {
        var plain = new byte[encrypted.Length - NonceLength - TagLength];
        using var aes = new AesGcm(For(purpose), TagLength);
        aes.Decrypt(encrypted[..NonceLength], encrypted[(NonceLength + TagLength)..], encrypted.Slice(NonceLength, TagLength), plain);
        return plain;
    }

    public string DecryptText(string purpose, ReadOnlySpan<byte> encrypted) => Encoding.UTF8.GetString(Decrypt(purpose, encrypted));

    /// <summary>A keyed hash (HMAC-SHA-256): finds an address without storing it, proves a receipt without keeping its secret.</summary>
    public byte[] Hash(string purpose, string text) => HMACSHA256.HashData(hashKeys.GetOrAdd(purpose, For), Encoding.UTF8.GetBytes(text));

    private static byte[] Read(SecurityOptions options)
    {
        if (options.MasterKeyFile.Length == 0)
        {
            throw new InvalidOperationException("No master key is configured. Set Security__MasterKeyFile to a file of 32 random bytes in base 64.");
        }

        if (!File.Exists(options.MasterKeyFile))
        {
            if (!options.CreateMasterKey)
            {
                throw new InvalidOperationException(
                    $"The master key {options.MasterKeyFile} is not there. Without it nothing that was encrypted can be read: restore the file, or for a new installation make one: head -c 32 /dev/urandom | base64 > {options.MasterKeyFile}");
            }

            Create(options.MasterKeyFile);
        }

        var bytes = Convert.FromBase64String(File.ReadAllText(options.MasterKeyFile).Trim());
        return bytes.Length == 32 ? bytes : throw new InvalidOperationException($"The master key {options.MasterKeyFile} holds {bytes.Length} bytes, not 32.");
    }

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);

        // Whole or not at all, and only one of two first starts makes it.
        var fresh = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
        }
    }
}
