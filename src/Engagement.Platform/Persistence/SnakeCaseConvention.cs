using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Engagement.Platform.Persistence;

/// <summary>Names tables, columns, keys and indexes in lower case with underscores, as PostgreSQL's people write them.</summary>
internal sealed class SnakeCaseConvention : IModelFinalizingConvention
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

    /// <summary>An underscore before each capital that follows a small letter or a digit, and no capitals.</summary>
    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(name[i]) && (char.IsAsciiLetterLower(name[i - 1]) || char.IsAsciiDigit(name[i - 1])))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
