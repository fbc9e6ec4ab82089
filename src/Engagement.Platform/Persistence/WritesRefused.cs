using Npgsql;

namespace Engagement.Platform.Persistence;

/// <summary>A database can be full, or have just become the copy of another: then it takes no writes, and everything can still be read. It can also roll back a single one.</summary>
public static class WritesRefused
{
    /// <summary>Asked where something is only noted beside a reading, which is no reason to refuse the reading.</summary>
    public static bool IsRefusedWrite(this Exception error) =>
        error.IsRolledBack() || error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction };
}
