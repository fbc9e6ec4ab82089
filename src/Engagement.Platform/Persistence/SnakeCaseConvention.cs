using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Engagement.Platform.Persistence;

/// <summary>Names tables, columns, keys and indexes in lower case with underscores, as PostgreSQL's people write them.</summary>
internal sealed partial class SnakeCaseConvention : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.GetTableName() is not { } table)
            {
                continue;
            }

            if (!entity.IsMappedToJson())
            {
                entity.Builder.ToTable(Snake(table), entity.GetSchema());
            }

            if (StoreObjectIdentifier.Create(entity, StoreObjectType.Table) is not { } id)
            {
                continue;
            }

            RenameProperties(entity.GetProperties(), id);
            foreach (var complex in entity.GetComplexProperties())
            {
                RenameComplex(complex, id);
            }

            foreach (var key in entity.GetKeys())
            {
                key.Builder.HasName(Snake(key.GetName()!));
            }

            foreach (var foreignKey in entity.GetForeignKeys())
            {
                foreignKey.Builder.HasConstraintName(Snake(foreignKey.GetConstraintName()!));
            }

            foreach (var index in entity.GetIndexes())
            {
                index.Builder.HasDatabaseName(Snake(index.GetDatabaseName()!));
            }
        }
    }

    private static void RenameComplex(IConventionComplexProperty complex, StoreObjectIdentifier id)
    {
        if (complex.ComplexType.IsMappedToJson())
        {
            return;
        }

        RenameProperties(complex.ComplexType.GetProperties(), id);
        foreach (var inner in complex.ComplexType.GetComplexProperties())
        {
            RenameComplex(inner, id);
        }
    }

    private static void RenameProperties(IEnumerable<IConventionProperty> properties, StoreObjectIdentifier id)
    {
        foreach (var property in properties)
        {
            property.Builder.HasColumnName(Snake(property.GetColumnName(id) ?? property.Name));
        }
    }

    private static string Snake(string name) => WordStart().Replace(name, "_$1").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex WordStart();
}
