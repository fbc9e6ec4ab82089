using System.Linq.Expressions;
using Engagement.Access.Contracts;
using Engagement.Engagements.Contracts;
using Engagement.Engagements.Domain;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace Engagement.Engagements.Application;

/// <summary>The register as people look through it: filtered, sorted, in numbered pages.</summary>
/// <param name="Words">Of the title or the summary, in any form of the word; or any part of the reference.</param>
/// <param name="States">None means every state.</param>
/// <param name="LeadEmail">Only those that the officer with this address leads.</param>
/// <param name="Number">Of the page, from 1; one beyond the last shows the last.</param>
/// <param name="Team">Only those that belong to this team.</param>
[RequiresScope("engagements:read")]
public sealed record SearchEngagements(
    string? Words = null,
    IReadOnlyList<EngagementState>? States = null,
    string? Department = null,
    ParticipationLevel? Level = null,
    bool? Statutory = null,
    string? LeadEmail = null,
    EngagementOrder Order = EngagementOrder.Reference,
    bool Descending = true,
    int Number = 1,
    TeamId? Team = null) : IQuery<EngagementsFound>
{
    public const int PageSize = 25;

    internal const string Column = "Search";
}

public enum EngagementOrder
{
    /// <summary>In the order in which they were created.</summary>
    Reference,
    Title,
    Department,
    LeadOfficer,

    /// <summary>By the first planned day; those without one last, whichever way the others run.</summary>
    OpensOn,

    /// <summary>In the order of the work.</summary>
    State,
}

/// <param name="Total">On all pages.</param>
/// <param name="Number">Of this page, from 1.</param>
/// <param name="Departments">Every department that has an engagement, whatever the filter.</param>
public sealed record EngagementsFound(IReadOnlyList<FoundEngagement> Rows, int Total, int Number, IReadOnlyList<string> Departments)
{
    public int Pages => Math.Max(1, (Total + SearchEngagements.PageSize - 1) / SearchEngagements.PageSize);
}

public sealed record FoundEngagement(
    EngagementId Id,
    string Reference,
    string Title,
    string Department,
    EngagementState State,
    ParticipationLevel? Level,
    bool Statutory,
    string? LeadName,
    DateOnly? OpensOn);

internal sealed class SearchEngagementsValidator : AbstractValidator<SearchEngagements>
{
    public SearchEngagementsValidator()
    {
        RuleFor(q => q.Words).Text("The search", 200);
        RuleFor(q => q.Department).Text("The department", 100);
        RuleForEach(q => q.States).IsInEnum();
        RuleFor(q => q.Level).IsInEnum();
        RuleFor(q => q.Order).IsInEnum();
    }
}

internal sealed class SearchEngagementsHandler(IEngagementsDb db) : IRequestHandler<SearchEngagements, EngagementsFound>
{
    private static readonly Expression<Func<EngagementActivity, int>> OrderOfWork = e =>
        e.State == EngagementState.Idea ? 0
        : e.State == EngagementState.Planning ? 1
        : e.State == EngagementState.InReview ? 2
        : e.State == EngagementState.Approved ? 3
        : e.State == EngagementState.Live ? 4
        : e.State == EngagementState.Analysing ? 5
        : e.State == EngagementState.AwaitingDecision ? 6
        : e.State == EngagementState.FedBack ? 7
        : e.State == EngagementState.Evaluated ? 8
        : 9;

    public async Task<EngagementsFound> Handle(SearchEngagements request, CancellationToken cancellationToken)
    {
        var departments = await db.Engagements.AsNoTracking().Select(e => e.Department).Distinct().OrderBy(d => d).ToListAsync(cancellationToken);
        var found = Matching(request);
        var total = await found.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + SearchEngagements.PageSize - 1) / SearchEngagements.PageSize);
        var number = Math.Clamp(request.Number, 1, pages);
        var rows = await Sorted(found, request)
            .Skip((number - 1) * SearchEngagements.PageSize)
            .Take(SearchEngagements.PageSize)
            .Select(e => new FoundEngagement(e.Id, e.Reference, e.Title, e.Department, e.State, e.Level, e.Statutory, e.LeadName, e.OpensOn))
            .ToListAsync(cancellationToken);
        return new EngagementsFound(rows, total, number, departments);
    }

    private IQueryable<EngagementActivity> Matching(SearchEngagements request)
    {
        var found = db.Engagements.AsNoTracking()
            .Where(e => request.Department == null || e.Department == request.Department)
            .Where(e => request.Level == null || e.Level == request.Level)
            .Where(e => request.Statutory == null || e.Statutory == request.Statutory);
        if (request.States is { Count: > 0 } states)
        {
            found = found.Where(e => states.Contains(e.State));
        }

        if (request.Team is { } team)
        {
            found = found.Where(e => e.TeamIds.Contains(team.Value));
        }

        if (request.LeadEmail is { } email)
        {
            var mine = email.ToLowerInvariant();
            found = found.Where(e => e.LeadEmail == mine);
        }

        if (request.Words?.Trim() is { Length: > 0 } words)
        {
            var reference = words.ToUpperInvariant();
            found = found.Where(e => e.Reference.Contains(reference)
                || EF.Property<NpgsqlTsVector>(e, SearchEngagements.Column).Matches(EF.Functions.WebSearchToTsQuery("english", words)));
        }

        return found;
    }

    /// <summary>The id ends every order, so that no row stands on two pages.</summary>
    private static IOrderedQueryable<EngagementActivity> Sorted(IQueryable<EngagementActivity> found, SearchEngagements request) => request.Order switch
    {
        EngagementOrder.Title => By(found, e => e.Title, request.Descending).ThenBy(e => e.Id),
        EngagementOrder.Department => By(found, e => e.Department, request.Descending).ThenBy(e => e.Id),
        EngagementOrder.LeadOfficer => Then(found.OrderBy(e => e.LeadName == null), e => e.LeadName, request.Descending).ThenBy(e => e.Id),
        EngagementOrder.OpensOn => Then(found.OrderBy(e => e.OpensOn == null), e => e.OpensOn, request.Descending).ThenBy(e => e.Id),
        EngagementOrder.State => By(found, OrderOfWork, request.Descending).ThenBy(e => e.Id),
        _ => By(found, e => e.Id, request.Descending),
    };

    private static IOrderedQueryable<EngagementActivity> By<TKey>(IQueryable<EngagementActivity> found, Expression<Func<EngagementActivity, TKey>> key, bool descending) =>
        descending ? found.OrderByDescending(key) : found.OrderBy(key);

    private static IOrderedQueryable<EngagementActivity> Then<TKey>(IOrderedQueryable<EngagementActivity> found, Expression<Func<EngagementActivity, TKey>> key, bool descending) =>
        descending ? found.ThenByDescending(key) : found.ThenBy(key);
}
