using Engagement.Kernel;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Engagement.Platform.Persistence;

/// <summary>Stores a typed id as <c>uuid</c>.</summary>
internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, ITypedId<TId>
{
    // An expression tree cannot hold a call of a static interface member.
    private static TId Make(Guid value) => TId.From(value);
}
