using Engagement.Access.Application;
using Engagement.Access.Domain;
using Engagement.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage;

namespace Engagement.Access.Infrastructure.Persistence;

internal sealed class AccessDbContext(DbContextOptions<AccessDbContext> options, ModuleDbServices services)
    : ModuleDbContext(options, services, new AccessPublishedEvents()), IAccessDb
{
    public const string SchemaName = "access";

    private const long AdministratorsLock = 7_234_002;

    public override string Schema => SchemaName;

    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    public DbSet<Officer> Officers => Set<Officer>();

    public DbSet<Team> Teams => Set<Team>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInCount> SignInCounts => Set<SignInCount>();

    public async Task<IDbContextTransaction> TakeAdministratorsInTurn(CancellationToken cancellationToken)
    {
        var transaction = await Database.BeginTransactionAsync(cancellationToken);
        await Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdministratorsLock})", cancellationToken);
        return transaction;
    }

    public async Task<bool> CountTry(byte[] key, int free, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = SignInCounter.FirstPause.TotalSeconds;
        var longest = SignInCounter.LongestPause.TotalSeconds;

        // The exponent has an end, so that no number of tries makes the power overflow.
        return await Database.ExecuteSqlAsync(
            $"""
            insert into access.sign_in_count as c (key, tries, last_at) values ({key}, 1, {now})
            on conflict (key) do update set
                tries = case when c.last_at <= {now - SignInCounter.Forgotten} then 1 else c.tries + 1 end,
                last_at = {now},
                blocked_until = case when c.last_at > {now - SignInCounter.Forgotten} and c.tries >= {free}
                    then {now}::timestamptz + make_interval(secs => least({longest}, {first} * power(2, least(c.tries - {free}, 20)))) end
            where c.blocked_until is null or c.blocked_until <= {now}
            """,
            cancellationToken) > 0;
    }
}

internal sealed class ApiClientConfiguration : IEntityTypeConfiguration<ApiClient>
{
    public void Configure(EntityTypeBuilder<ApiClient> builder)
    {
        builder.ToTable("api_client");
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Name).HasMaxLength(100);
        builder.Property(c => c.Version);
    }
}

internal sealed class OfficerConfiguration : IEntityTypeConfiguration<Officer>
{
    public void Configure(EntityTypeBuilder<Officer> builder)
    {
        builder.ToTable("officer");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Email).HasMaxLength(254);
        builder.Property(o => o.NormalisedEmail).HasMaxLength(254);
        builder.Property(o => o.Name).HasMaxLength(100);
        builder.Property(o => o.Version);
        builder.Ignore(o => o.HasSecondFactor);
        builder.HasIndex(o => o.NormalisedEmail).IsUnique().HasDatabaseName("officer_email");
        builder.OwnsMany(o => o.Assignments, assignment =>
        {
            assignment.ToTable("assignment");
            assignment.HasKey(a => a.Id);
            assignment.Property(a => a.Id).ValueGeneratedNever();
            assignment.Property(a => a.Role).HasMaxLength(30);
            assignment.Ignore(a => a.IsEverywhere).Ignore(a => a.Described);
            assignment.WithOwner().HasForeignKey("OfficerId");
            assignment.HasIndex("OfficerId").HasDatabaseName("assignment_of_officer");
            assignment.HasIndex(a => a.TeamId).HasDatabaseName("assignment_of_team");
        });
        builder.Navigation(o => o.Assignments).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("team");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(100);
        builder.Property(t => t.Department).HasMaxLength(100);
        builder.Property(t => t.Version);
        builder.HasIndex(t => t.Name).IsUnique().HasFilter("closed_at is null").HasDatabaseName("team_name");
    }
}

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session");
        builder.HasKey(s => s.Id);
        builder.HasOne<Officer>().WithMany().HasForeignKey(s => s.OfficerId);
        builder.Property(s => s.Browser).HasMaxLength(200);
        builder.Property(s => s.SecondFactor).HasConversion<string>().HasMaxLength(10);
        builder.HasIndex(s => s.TokenHash).IsUnique().HasDatabaseName("session_token");
        builder.HasIndex(s => s.OfficerId).HasDatabaseName("session_of_officer");
    }
}

internal sealed class SignInCountConfiguration : IEntityTypeConfiguration<SignInCount>
{
    public void Configure(EntityTypeBuilder<SignInCount> builder)
    {
        builder.ToTable("sign_in_count");
        builder.HasKey(c => c.Key);
        builder.HasIndex(c => c.LastAt).HasDatabaseName("sign_in_count_by_age");
    }
}
