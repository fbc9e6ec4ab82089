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
        {Over};
        create sequence public.raised;
        create function public.raise_fault() returns trigger language plpgsql security definer as $$ begin
            if nextval('public.raised') <= {times} then raise exception '{Words}' using errcode = '{state}'; end if;
            return new;
        end $$;
        create trigger raise_fault before insert or update on {table} for each row when ({row}) execute function public.raise_fault();
        grant select on public.raised to public
        """);

    public const string Over = "drop function if exists public.raise_fault() cascade; drop sequence if exists public.raised";

    /// <summary>How often a row of the kind was tried to write.</summary>
    public const string Tries = "select case when is_called then last_value else 0 end from public.raised";
}
