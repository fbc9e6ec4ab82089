using Engagement.Participation.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Engagement.Participation.Infrastructure.Persistence;

internal sealed class SubscriberConfiguration : IEntityTypeConfiguration<Subscriber>
{
    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.ToTable("subscriber");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.HasMany(s => s.Follows).WithOne().HasForeignKey(f => f.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(s => s.Follows).HasField("follows").UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class FollowConfiguration : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> builder)
    {
        builder.ToTable("follow");
        builder.HasKey(f => new { f.SubscriberId, f.Kind, f.Value });
        builder.Property(f => f.Kind).HasConversion<string>().HasMaxLength(20);
        builder.Property(f => f.Value).HasMaxLength(100);
        builder.Property(f => f.PurposeNames).HasColumnName("purposes");
        builder.Ignore(f => f.Purposes);
        builder.HasIndex(f => new { f.Kind, f.Value }).HasDatabaseName("follow_of_what");
    }
}

internal sealed class UpdatesRequestConfiguration : IEntityTypeConfiguration<UpdatesRequest>
{
    public void Configure(EntityTypeBuilder<UpdatesRequest> builder)
    {
        builder.ToTable("updates_request");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Things).HasColumnType("jsonb");
        builder.Property(r => r.PurposeNames).HasColumnName("purposes");
        builder.Ignore(r => r.Purposes);
        builder.HasIndex(r => r.AddressHash).HasDatabaseName("updates_request_by_address");
        builder.HasIndex(r => r.ExpiresAt).HasDatabaseName("updates_request_expiry");
    }
}
