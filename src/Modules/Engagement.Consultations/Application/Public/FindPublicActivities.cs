using Engagement.Consultations.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Public;

/// <summary>
/// Have your say: open ones by the soonest deadline, then forthcoming ones by the soonest opening, then closed and withdrawn ones by the latest
/// deadline; in numbered pages, with the number under each value that could be chosen.
/// </summary>
/// <param name="Number">Of the page, from 1; one beyond the last shows the last.</param>
[AllowsAnyone]
public sealed record FindPublicActivities(PublicFilter Filter, int Number = 1) : IQuery<PublicActivitiesFound>
{
    public const int PageSize = 20;
}

/// <param name="Total">On all pages.</param>
/// <param name="Number">Of this page, from 1.</param>
/// <param name="FreshFor">How long this stays true at most: until the next instant at which something opens or closes.</param>
public sealed record PublicActivitiesFound(
    IReadOnlyList<PublicActivity> Items,
    int Total,
    int Number,
    IReadOnlyList<FilterValue<PublicStatus>> Statuses,
    IReadOnlyList<FilterValue<string>> Topics,
    IReadOnlyList<FilterValue<string>> Areas,
    IReadOnlyList<FilterValue<string>> Audiences,
    TimeSpan FreshFor)
{
    public int Pages => Math.Max(1, (Total + FindPublicActivities.PageSize - 1) / FindPublicActivities.PageSize);
}

/// <param name="Count">How many there are with it, under the filters of the other kinds.</param>
public sealed record FilterValue<T>(T Value, int Count);

/// <summary>What feeds tell of: the same, by the latest change.</summary>
[AllowsAnyone]
public sealed record ListPublicFeed(PublicFilter Filter) : IQuery<PublicFeed>
{
    public const int Entries = 200;
}

public sealed record PublicFeed(IReadOnlyList<PublicActivity> Items, DateTimeOffset Now, TimeSpan FreshFor);

internal sealed class PublicFilterValidator : AbstractValidator<PublicFilter>
{
    private const int MostValues = 50;

    public PublicFilterValidator()
    {
        RuleFor(f => f.Words).IsText(200);
        RuleFor(f => f.Topics).Must(IsShort).WithMessage("Choose fewer topics");
        RuleFor(f => f.Areas).Must(IsShort).WithMessage("Choose fewer areas");
        RuleFor(f => f.Audiences).Must(IsShort).WithMessage("Choose fewer audiences");
        RuleForEach(f => f.Statuses).IsInEnum();
    }

    private static bool IsShort(IReadOnlyList<string>? values) => values is null || (values.Count <= MostValues && values.All(v => v.Length <= 100 && !v.Any(char.IsControl)));
}

internal sealed class FindPublicActivitiesValidator : AbstractValidator<FindPublicActivities>
{
    public FindPublicActivitiesValidator() => RuleFor(q => q.Filter).SetValidator(new PublicFilterValidator()).OverridePropertyName("");
}

internal sealed class ListPublicFeedValidator : AbstractValidator<ListPublicFeed>
{
    public ListPublicFeedValidator() => RuleFor(q => q.Filter).SetValidator(new PublicFilterValidator()).OverridePropertyName("");
}

internal sealed class FindPublicActivitiesHandler(IConsultationsDb db, TimeProvider clock)
    : IRequestHandler<FindPublicActivities, PublicActivitiesFound>, IRequestHandler<ListPublicFeed, PublicFeed>
{
    public async Task<PublicActivitiesFound> Handle(FindPublicActivities request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var activities = new PublicActivities(db);
        var counts = (await activities.CountValues(request.Filter, now, cancellationToken)).ToLookup(c => c.Kind, StringComparer.Ordinal);
        var total = counts["total"].Single().Number;
        var pages = Math.Max(1, (total + FindPublicActivities.PageSize - 1) / FindPublicActivities.PageSize);
        var number = Math.Clamp(request.Number, 1, pages);
        return new PublicActivitiesFound(
            total == 0 ? [] : await activities.Read(request.Filter, now, newestFirst: false, (number - 1) * FindPublicActivities.PageSize, FindPublicActivities.PageSize, cancellationToken),
            total,
            number,
            [.. counts["status"].OrderBy(c => c.Value, StringComparer.Ordinal).Select(c => new FilterValue<PublicStatus>(PublicActivities.StatusOf(c.Value), c.Number))],
            Values(counts["topic"]),
            Values(counts["area"]),
            Values(counts["audience"]),
            await PublicTimes.FreshFor(db, now, cancellationToken));
    }

    public async Task<PublicFeed> Handle(ListPublicFeed request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return new PublicFeed(
            await new PublicActivities(db).Read(request.Filter, now, newestFirst: true, skip: 0, ListPublicFeed.Entries, cancellationToken),
            now,
            await PublicTimes.FreshFor(db, now, cancellationToken));
    }

    private static List<FilterValue<string>> Values(IEnumerable<PublicActivities.Count> counts) =>
        [.. counts.OrderBy(c => c.Value, StringComparer.OrdinalIgnoreCase).Select(c => new FilterValue<string>(c.Value, c.Number))];
}
