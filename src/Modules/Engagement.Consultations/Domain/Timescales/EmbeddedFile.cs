using System.Reflection;

namespace Engagement.Consultations.Domain.Timescales;

/// <summary>The data files that the program carries inside itself.</summary>
internal static class EmbeddedFile
{
    private static readonly Assembly Assembly = typeof(EmbeddedFile).Assembly;

    public static IEnumerable<string> NamesBeginning(string prefix) =>
        Assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">The program was built without it.</exception>
    public static string Read(string name)
    {
#pragma warning disable MA0045 // An embedded file lies in memory: there is nothing to wait for.
        using var stream = Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"The program was built without its file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
#pragma warning restore MA0045
    }
}
