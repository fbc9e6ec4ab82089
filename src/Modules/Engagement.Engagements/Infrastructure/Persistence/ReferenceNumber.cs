using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Engagements.Infrastructure.Persistence;

/// <summary>The last number given in a UK year. A row and not a sequence, because a rolled-back sequence leaves gaps.</summary>
internal sealed class ReferenceNumber
{
    public int Year { get; private init; }

    public int Last { get; private init; }
}

internal sealed class ReferenceNumberConfiguration : IEntityTypeConfiguration<ReferenceNumber>
{
    public void Configure(EntityTypeBuilder<ReferenceNumber> builder)
    {
        builder.ToTable("reference_number");
        builder.HasKey(r => r.Year);
        builder.Property(r => r.Year).ValueGeneratedNever();
    }
}
