using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>How every use case gets the loop that it changes.</summary>
internal static class Loops
{
    /// <param name="expected">The version the caller read; null where the caller need not have read one.</param>
    /// <exception cref="NotFoundException">The consultation has not closed, or there is none.</exception>
    /// <exception cref="StaleVersionException">It has moved on.</exception>
    public static async Task<Loop> LoadLoop(this IClosingTheLoopDb db, ConsultationId id, int? expected, CancellationToken cancellationToken)
    {
        // Two collections in one statement would multiply each other's rows.
        var loop = await db.Loops.AsSplitQuery().SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken) ?? throw NotClosed();
        loop.MustBeAt(expected);
        return loop;
    }

    /// <summary>The same, and nobody else changes it until the transaction ends.</summary>
    public static async Task<Loop> LockLoop(this IClosingTheLoopDb db, ConsultationId id, int? expected, CancellationToken cancellationToken)
    {
        await db.Read<int>($"""select 1 as "Value" from closing_the_loop.loop where consultation_id = {id.Value} for update""").ToListAsync(cancellationToken);
        return await db.LoadLoop(id, expected, cancellationToken);
    }

    /// <summary>The loop with its coding frame, which stays as it is until the transaction ends; others may hold it at the same time.</summary>
    public static async Task<Loop> HoldCodingFrame(this IClosingTheLoopDb db, ConsultationId id, CancellationToken cancellationToken)
    {
        await db.Read<int>($"""select 1 as "Value" from closing_the_loop.loop where consultation_id = {id.Value} for share""").ToListAsync(cancellationToken);
        return await db.Loops.IgnoreAutoIncludes().Include(l => l.Themes).SingleOrDefaultAsync(l => l.ConsultationId == id, cancellationToken) ?? throw NotClosed();
    }

    public static NotFoundException NotClosed() => new(ShowLoop.WhatIsMissing);
}
