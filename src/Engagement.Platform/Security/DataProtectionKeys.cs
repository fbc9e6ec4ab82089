using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.Platform.Security;

/// <summary>The keys of cookies and anti-forgery tokens, in the database, so that every web process reads what another wrote.</summary>
internal sealed class DataProtectionKeys(NpgsqlDataSource dataSource, TimeProvider clock) : IXmlRepository
{
    // Both methods are synchronous by the framework's interface; they run a few times in a process's life.
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = dataSource.OpenConnection();
        using var command = new NpgsqlCommand("select xml from platform.data_protection_key order by created_at", connection);
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
        {
            keys.Add(XElement.Parse(reader.GetString(0)));
        }

        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = dataSource.OpenConnection();
        using var command = new NpgsqlCommand("insert into platform.data_protection_key (name, xml, created_at) values ($1, $2, $3)", connection)
        {
            Parameters =
            {
                new() { Value = friendlyName },
                new() { Value = element.ToString(SaveOptions.DisableFormatting) },
                new() { Value = clock.GetUtcNow() },
            },
        };
        command.ExecuteNonQuery();
    }
}

internal sealed class MasterKeyXmlEncryptor(MasterKey masterKey) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("encrypted", Convert.ToBase64String(masterKey.Encrypt(Purpose, plaintextElement.ToString(SaveOptions.DisableFormatting)))),
        typeof(MasterKeyXmlDecryptor));
}

/// <summary>Made by the framework from the stored type name; its constructor takes the service provider by convention.</summary>
public sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<MasterKey>().DecryptText(MasterKeyXmlEncryptor.Purpose, Convert.FromBase64String(encryptedElement.Value)));
}

public static class DataProtectionRegistration
{
    public static IServiceCollection AddStoredDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("engagement");
        services.AddSingleton<DataProtectionKeys>();
        services.AddSingleton<MasterKeyXmlEncryptor>();
        services.AddOptions<KeyManagementOptions>().Configure<DataProtectionKeys, MasterKeyXmlEncryptor>((options, keys, encryptor) =>
        {
            options.XmlRepository = keys;
            options.XmlEncryptor = encryptor;
        });
        return services;
    }
}
