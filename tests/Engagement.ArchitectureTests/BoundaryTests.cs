using Mono.Cecil;

namespace Engagement.ArchitectureTests;

public sealed class BoundaryTests
{
    [Fact]
    public void A_module_knows_other_modules_only_by_their_contracts()
    {
        var breaches =
            from assembly in Solution.Assemblies
            from module in Solution.Modules
            where assembly.Name.Name == $"Engagement.{module}" || assembly.Name.Name == $"Engagement.{module}.Contracts"
            from reference in assembly.MainModule.AssemblyReferences
            from other in Solution.Modules
            where other != module && reference.Name == $"Engagement.{other}"
            select $"{assembly.Name.Name} -> {reference.Name}";

        breaches.ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_sees_the_assemblies_of_every_module_and_what_they_refer_to()
    {
        foreach (var module in Solution.Modules)
        {
            Solution.Assemblies.ShouldContain(a => a.Name.Name == $"Engagement.{module}");
        }

        References("Engagement.Participation").ShouldContain("Engagement.Consultations.Contracts");
        References("engagement").ShouldContain("Engagement.Participation");
    }

    [Fact]
    public void Contracts_know_the_kernel_and_other_contracts_only()
    {
        var breaches =
            from assembly in Solution.Assemblies
            where assembly.Name.Name.EndsWith(".Contracts", StringComparison.Ordinal)
            from reference in assembly.MainModule.AssemblyReferences
            where reference.Name.StartsWith("Engagement.", StringComparison.Ordinal)
                && reference.Name != "Engagement.Kernel" && !reference.Name.EndsWith(".Contracts", StringComparison.Ordinal)
            select $"{assembly.Name.Name} -> {reference.Name}";

        breaches.ShouldBeEmpty();
        References("Engagement.Participation.Contracts").ShouldContain("Engagement.Kernel");
    }

    [Theory]
    [InlineData("Domain", "Microsoft.EntityFrameworkCore")]
    [InlineData("Domain", "Microsoft.AspNetCore")]
    [InlineData("Domain", "Quartz")]
    [InlineData("Domain", "Npgsql")]
    [InlineData("Domain", "MediatR")]
    [InlineData("Application", "Microsoft.AspNetCore.Http")]
    [InlineData("Application", "Microsoft.AspNetCore.Builder")]
    [InlineData("Application", "Microsoft.AspNetCore.Mvc")]
    [InlineData("Application", "Quartz")]
    [InlineData("Api", "Microsoft.EntityFrameworkCore")]
    [InlineData("Api", "Npgsql")]
    [InlineData("Api", "Quartz")]
    public void A_layer_keeps_away_from(string layer, string forbidden) => Uses(layer, forbidden).ShouldBeEmpty();

    [Theory]
    [InlineData("Domain", "Application")]
    [InlineData("Domain", "Infrastructure")]
    [InlineData("Domain", "Api")]
    [InlineData("Application", "Infrastructure")]
    [InlineData("Application", "Api")]
    [InlineData("Api", "Infrastructure")]
    public void Arrows_point_inwards(string inner, string outer) =>
        Solution.Modules.SelectMany(m => Uses(m, inner, $"Engagement.{m}.{outer}")).ShouldBeEmpty();

    /// <summary>Fails when the rules above look at nothing: a misspelled layer would otherwise pass for ever.</summary>
    [Theory]
    [InlineData("Domain", "Engagement.Kernel")]
    [InlineData("Application", "Microsoft.EntityFrameworkCore")]
    [InlineData("Application", "MediatR")]
    [InlineData("Infrastructure", "Quartz")]
    [InlineData("Infrastructure", "Microsoft.EntityFrameworkCore")]
    [InlineData("Api", "Microsoft.AspNetCore.Http")]
    public void The_rules_see_what_a_layer_does_use(string layer, string used) => Uses(layer, used).ShouldNotBeEmpty();

    [Fact]
    public void The_kernel_knows_no_framework_beside_MediatR()
    {
        var references = References("Engagement.Kernel").Where(r => !r.StartsWith("System", StringComparison.Ordinal)).ToList();

        references.ShouldBe(["MediatR"]);
    }

    private static List<string> References(string assembly) =>
        [.. Solution.Assemblies.Single(a => a.Name.Name == assembly).MainModule.AssemblyReferences.Select(r => r.Name)];

    private static IEnumerable<string> Uses(string layer, string prefix) => Solution.Modules.SelectMany(m => Uses(m, layer, prefix));

    private static IEnumerable<string> Uses(string module, string layer, string prefix) =>
        (from type in Solution.Types
         where IsIn(Solution.NamespaceOf(type), $"Engagement.{module}.{layer}")
         from used in Solution.Uses(type)
         where IsIn(used.Namespace, prefix)
         select $"{type.FullName} -> {used.FullName}").Distinct(StringComparer.Ordinal);

    private static bool IsIn(string @namespace, string prefix) =>
        @namespace == prefix || @namespace.StartsWith(prefix + ".", StringComparison.Ordinal);
}
