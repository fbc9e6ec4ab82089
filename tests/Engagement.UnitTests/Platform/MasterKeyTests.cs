using System.Security.Cryptography;
using System.Text;
using Engagement.Platform.Security;

namespace Engagement.UnitTests.Platform;

public sealed class MasterKeyTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];

    [Fact]
    public void A_purpose_has_the_key_that_RFC_5869_gives_it_so_that_what_was_encrypted_stays_readable()
    {
        new MasterKey(Key).For("draft").ShouldBe(HKDF.DeriveKey(HashAlgorithmName.SHA256, Key, 32, info: Encoding.UTF8.GetBytes("draft")));
    }

    [Fact]
    public void Only_the_same_purpose_opens_what_was_encrypted()
    {
        var key = new MasterKey(Key);
        var encrypted = key.Encrypt("draft", "words");

        key.DecryptText("draft", encrypted).ShouldBe("words");
        Should.Throw<CryptographicException>(() => key.DecryptText("contact", encrypted));
    }
}
