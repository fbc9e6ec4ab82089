using Npgsql;

namespace Engagement.Platform.Persistence;

/// <summary>Of two transactions that stand in each other's way the database ends one, and undoes all of it: done again, it may well succeed.</summary>
public static class RolledBack
{
    public static bool IsRolledBack(this Exception error) =>
        error.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };
}
