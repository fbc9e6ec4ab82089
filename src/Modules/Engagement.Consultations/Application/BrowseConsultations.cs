using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Engagements.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Web;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application;

/// <summary>Consultations for somebody who looks for one: filtered, sorted, a numbered page at a time.</summary>
/// <param name="Statuses">Any of these; none is all.</param>
/// <param name="Regime">Resting on this regime.</param>
/// <param name="Words">Each of them stands in the title or the summary, in any order and case.</param>
/// <param name="ClosingWithinDays">Open or approved, and closing from now to that many days from now.</param>
/// <param name="Number">From 1; a number past the last page gives the last.</param>
[RequiresScope("consultations:read")]
public sealed record BrowseConsultations(
    IReadOnlyList<ConsultationStatus>? Statuses = null,
    string? Regime = null,
    string? Words = null,
    int? ClosingWithinDays = null,
    ConsultationOrder Order = ConsultationOrder.Closes,
    bool Descending = true,
    int Number = 1) : IQuery<NumberedPage<BrowsedConsultation>>
{
    public const int PageSize = 25;
}

public enum ConsultationOrder
{
    Closes,
    Opens,
    Title,
    Responses,
}

/// <param name="ClosesInWords">The last minute in time, such as <c>11:59pm on Friday 27 November 2026</c>.</param>
/// <param name="ResponseCount">Responses in the sealed set; null until it is sealed.</param>
public sealed record BrowsedConsultation(
    ConsultationId Id,
    EngagementId EngagementId,
    string Title,
    ConsultationStatus Status,
    IReadOnlyList<string> Regimes,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? ResponseCount)
{
    public string ClosesInWords => UkTime.SpellDeadline(ClosesAt);
}

internal sealed class BrowseConsultationsValidator : AbstractValidator<BrowseConsultations>
{
    public BrowseConsultationsValidator()
    {
        RuleFor(q => q.Words).IsText(200);
        RuleFor(q => q.ClosingWithinDays).InclusiveBetween(1, 366).WithMessage("Give a number of days from 1 to 366");
        RuleFor(q => q.Order).IsInEnum();
        RuleForEach(q => q.Statuses).IsInEnum();
    }
}

internal sealed class BrowseConsultationsHandler(IConsultationsDb db, TimeProvider clock)
    : IRequestHandler<BrowseConsultations, NumberedPage<BrowsedConsultation>>
{
    public async Task<NumberedPage<BrowsedConsultation>> Handle(BrowseConsultations request, CancellationToken cancellationToken)
    {
        var found = Filtered(request);
        var total = await found.CountAsync(cancellationToken);
        var last = Math.Max(1, (total + BrowseConsultations.PageSize - 1) / BrowseConsultations.PageSize);
        var number = Math.Clamp(request.Number, 1, last);
        var rows = await Sorted(found, request)
            .Skip((number - 1) * BrowseConsultations.PageSize)
            .Take(BrowseConsultations.PageSize)
            .Select(c => new BrowsedConsultation(
                c.Id, c.EngagementId, c.Content.Title, c.Status, c.Content.Regimes, c.Period.OpensAt, c.Period.ClosesAt, c.ResponseCount))
            .ToListAsync(cancellationToken);
        return new NumberedPage<BrowsedConsultation>(rows, number, BrowseConsultations.PageSize, total);
    }

    private IQueryable<Consultation> Filtered(BrowseConsultations request)
    {
        var found = db.Consultations.AsNoTracking();
        if (request.Statuses is { Count: > 0 } statuses)
        {
            found = found.Where(c => statuses.Contains(c.Status));
        }

        if (!string.IsNullOrEmpty(request.Regime))
        {
            found = found.Where(c => c.Content.Regimes.Contains(request.Regime));
        }

        if (request.ClosingWithinDays is { } days)
        {
            var now = clock.GetUtcNow();
            var until = now.AddDays(days);
            found = found.Where(c => (c.Status == ConsultationStatus.Scheduled || c.Status == ConsultationStatus.Open) && c.Period.ClosesAt > now && c.Period.ClosesAt <= until);
        }

        foreach (var word in (request.Words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(10))
        {
            var pattern = $"%{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            found = found.Where(c => EF.Functions.ILike(c.Content.Title, pattern) || EF.Functions.ILike(c.Content.Summary, pattern));
        }

        return found;
    }

    /// <summary>Of equals the newest first, so that no row stands on two pages.</summary>
    private static IOrderedQueryable<Consultation> Sorted(IQueryable<Consultation> found, BrowseConsultations request)
    {
        var sorted = (request.Order, request.Descending) switch
        {
            (ConsultationOrder.Opens, false) => found.OrderBy(c => c.Period.OpensAt),
            (ConsultationOrder.Opens, true) => found.OrderByDescending(c => c.Period.OpensAt),
            (ConsultationOrder.Title, false) => found.OrderBy(c => c.Content.Title),
            (ConsultationOrder.Title, true) => found.OrderByDescending(c => c.Content.Title),
            (ConsultationOrder.Responses, false) => found.OrderBy(c => c.ResponseCount ?? -1),
            (ConsultationOrder.Responses, true) => found.OrderByDescending(c => c.ResponseCount ?? -1),
            (_, false) => found.OrderBy(c => c.Period.ClosesAt),
            _ => found.OrderByDescending(c => c.Period.ClosesAt),
        };
        return sorted.ThenByDescending(c => c.Id);
    }
}
