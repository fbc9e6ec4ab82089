using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Engagement.Platform;

/// <summary>
/// The types of an assembly that somebody has written, without what the compiler made for their lambdas, iterators and asynchronous methods: <see cref="Assembly.GetTypes"/> loads
/// those as well, several for each that is written, and none of them is ever what is looked for.
/// </summary>
public static class WrittenTypes
{
    public static IEnumerable<Type> Of(Assembly assembly)
    {
        var metadata = MetadataOf(assembly);
        return metadata.TypeDefinitions.Where(t => IsWritten(metadata, t)).Select(t => assembly.ManifestModule.ResolveType(MetadataTokens.GetToken(t)));
    }

    private static unsafe MetadataReader MetadataOf(Assembly assembly) => assembly.TryGetRawMetadata(out var start, out var length)
        ? new MetadataReader(start, length)
        : throw new InvalidOperationException($"{assembly.GetName().Name} has no metadata to read: it was made while the program runs.");

    /// <summary>What the compiler makes has a name that nobody can write, such as <c>&lt;Handle&gt;d__3</c>, or stands in something that has.</summary>
    private static bool IsWritten(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return !metadata.GetString(type.Name).Contains('<', StringComparison.Ordinal) && (type.GetDeclaringType() is { IsNil: false } declaring ? IsWritten(metadata, declaring) : true);
    }
}
