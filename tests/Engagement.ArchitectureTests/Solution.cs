using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Engagement.ArchitectureTests;

/// <summary>The compiled product: the assemblies and types that the rules look at.</summary>
internal static class Solution
{
    public static readonly IReadOnlyList<string> Modules = ["Access", "Engagements", "Consultations", "Participation", "ClosingTheLoop"];

    /// <summary>The folder of the repository.</summary>
    public static readonly string Top = FindTop();

    public static readonly IReadOnlyList<AssemblyDefinition> Assemblies =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(f => Path.GetFileName(f) is var name && (name.StartsWith("Engagement.", StringComparison.Ordinal) || name == "engagement.dll"))
            .Where(f => !Path.GetFileName(f).Contains("Test", StringComparison.Ordinal))
            .Select(f => AssemblyDefinition.ReadAssembly(f)),
    ];

    public static readonly IReadOnlyList<TypeDefinition> Types = [.. Assemblies.SelectMany(a => a.MainModule.Types).SelectMany(WithNested)];

    /// <summary>The namespace of a type, for a nested one that of the type it lies in.</summary>
    public static string NamespaceOf(TypeDefinition type) => type.DeclaringType is null ? type.Namespace : NamespaceOf(type.DeclaringType);

    /// <summary>Every type that a type names: base, interfaces, attributes, members and what their bodies call.</summary>
    public static IEnumerable<TypeReference> Uses(TypeDefinition type)
    {
        IEnumerable<TypeReference?> named =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.CustomAttributes.Select(a => a.AttributeType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Properties.Select(p => p.PropertyType),
            .. type.Methods.SelectMany(OfMethod),
        ];
        return named.OfType<TypeReference>().SelectMany(Parts);
    }

    private static string FindTop()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Engagement.sln")))
            {
                return directory.FullName;
            }
        }

        throw new InvalidOperationException($"There is no Engagement.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static IEnumerable<TypeReference> OfMethod(MethodDefinition method)
    {
        IEnumerable<TypeReference> signature =
        [
            method.ReturnType,
            .. method.Parameters.Select(p => p.ParameterType),
            .. method.CustomAttributes.Select(a => a.AttributeType),
        ];
        return method.HasBody
            ? signature.Concat(method.Body.Variables.Select(v => v.VariableType)).Concat(method.Body.Instructions.SelectMany(OfInstruction))
            : signature;
    }

    private static IEnumerable<TypeReference> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };
}
