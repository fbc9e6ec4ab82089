using Engagement.Platform.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Engagement.Platform.Persistence;

public static class PersistenceRegistration
{
    public const string ConnectionStringName = "Engagement";

    /// <summary>One pool of connections for the whole program, each in the runtime role.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services)
    {
        services.AddSingleton(provider => new OwnerDataSource(
            new NpgsqlDataSourceBuilder(With(provider, c => c.Pooling = false)).Build()));
        services.AddSingleton(provider =>
        {
            var builder = new NpgsqlDataSourceBuilder(With(provider, c =>
            {
                c.MaxAutoPrepare = 40;
                c.AutoPrepareMinUsages = 3;

                // The reset of a returned connection would undo the role. Nothing here leaves session state behind.
                c.NoResetOnClose = true;
                c.Timeout = 5;
                c.CommandTimeout = 30;
                c.KeepAlive = 30;

                // They are given out in turn, and each plans for itself: those that only a crowd needed would keep all of them cold.
                c.ConnectionIdleLifetime = 30;
            }));
            builder.UsePhysicalConnectionInitializer(
                connection =>
                {
                    using var command = new NpgsqlCommand(SessionSettings, connection);
                    command.ExecuteNonQuery();
                },
                async connection =>
                {
                    await using var command = new NpgsqlCommand(SessionSettings, connection);
                    await command.ExecuteNonQueryAsync();
                });
            return builder.Build();
        });
        services.AddScoped<ModuleDbServices>();
        services.AddScoped<Migrator>();
        services.AddScoped<DatabaseBackup>();
        services.AddModuleDb<PlatformDbContext, IPlatformDb>(PlatformDbContext.SchemaName, "seal", "sealed_head");
        return services;
    }

    /// <summary>Entity Framework's own services. Given, they need not be found anew by all options each time that a context is made, which a request does several times.</summary>
    private static readonly ServiceProvider EntityFramework = new ServiceCollection().AddEntityFrameworkNpgsql().BuildServiceProvider();

    private static readonly CommitWatch Commits = new();

    private const string SessionSettings =
        $"set role {Migrator.RuntimeRole}; set lock_timeout = '3s'; set idle_in_transaction_session_timeout = '30s'; set statement_timeout = '30s'; set timezone = 'UTC'";

    /// <summary>Registers a module's tables: its context, its port, its schema.</summary>
    public static IServiceCollection AddModuleDb<TContext, TPort>(this IServiceCollection services, string schema, params string[] appendOnlyTables)
        where TContext : ModuleDbContext, TPort
        where TPort : class, IModuleDb
    {
        // Made once for all contexts: only their connections are their own.
        services.AddSingleton(provider => new DbContextOptionsBuilder<TContext>()
            .UseInternalServiceProvider(EntityFramework)
            .UseApplicationServiceProvider(provider)
            .UseNpgsql(n => n.MigrationsHistoryTable(Migrator.HistoryTable, schema))
            .AddInterceptors(Commits)
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning))
            .Options);
        services.AddScoped<TContext>();
        services.AddScoped<TPort>(provider => provider.GetRequiredService<TContext>());
        services.AddSingleton(new ModuleSchema(schema, typeof(TContext), ["history", .. appendOnlyTables]));
        services.AddScoped<ModuleDbContext>(provider => provider.GetRequiredService<TContext>());
        return services;
    }

    private static string With(IServiceProvider provider, Action<NpgsqlConnectionStringBuilder> settings)
    {
        var text = provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionStringName)
            ?? throw new InvalidOperationException(
                $"No database is configured. Set ConnectionStrings__{ConnectionStringName}, or start with the embedded server (engagement run without --postgres).");
        var builder = new NpgsqlConnectionStringBuilder(text) { IncludeErrorDetail = false };
        settings(builder);
        return builder.ConnectionString;
    }
}
