using System.Globalization;

namespace Engagement.IntegrationTests.Faults;

/// <summary>SQL that makes the database fail at a row, as it would at a fault of its own.</summary>
internal static class RaisedFault
{
    /// <summary>What the database says, and nobody may be shown.</summary>
    public const string Words = "could not read block 4711 of the file";

    /// <param name="table">With its schema.</param>
    /// <param name="row">Which rows: a condition on <c>new</c>.</param>
    /// <param name="state">The SQLSTATE; without another, data that are damaged.</param>
    /// <param name="times">After so many it is over; counted outside of the transactions that it ends.</param>
    public static string At(string table, string row = "true", string state = "XX001", int times = int.MaxValue) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Raise($"if nextval('public.raised') <= {times} then raise exception '{Words}' using errcode = '{state}'; end if")};
        create trigger raise_fault before insert or update on {table} for each row when ({row}) execute function public.raise_fault()
        """);

    /// <summary>The commit fails of what put a row into the table.</summary>
    public static string AtCommit(string table) => AtCommit(table, $"perform nextval('public.raised'); raise exception '{Words}' using errcode = 'XX001'");

    /// <summary>The connection is taken away at the commit of what put a row into the table, so that nobody is told what became of it.</summary>
    public static string ConnectionAtCommit(string table) => AtCommit(table, "perform nextval('public.raised'); perform pg_terminate_backend(pg_backend_pid())");

    private static string AtCommit(string table, string what) =>
        $"""
        {Raise(what)};
        create constraint trigger raise_fault after insert on {table} deferrable initially deferred for each row execute function public.raise_fault()
        """;

    private static string Raise(string what) =>
        $"""
        {Over};
        create sequence public.raised;
        grant select on public.raised to public;
        create function public.raise_fault() returns trigger language plpgsql security definer as $$ begin {what}; return new; end $$
        """;

    public const string Over = "drop function if exists public.raise_fault() cascade; drop sequence if exists public.raised";

    /// <summary>How often a row of the kind was tried to write.</summary>
    public const string Tries = "select case when is_called then last_value else 0 end from public.raised";
}
