using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>The coding frame of a consultation with how often each theme was raised, in the order of its places.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListThemes(ConsultationId ConsultationId) : IQuery<CodingFrame>;

/// <param name="Responses">Responses in the set: the base of every count.</param>
/// <param name="Version">The loop's ETag.</param>
/// <param name="CodingCompletedAt">When the coding was declared complete, after which only names and places change; null while it is open.</param>
public sealed record CodingFrame(string Title, DateTimeOffset? CodingCompletedAt, int Version, int Responses, IReadOnlyList<ThemeRow> Themes);

/// <param name="RaisedIn">Distinct responses with an answer coded so; those of themes merged into it count too.</param>
/// <param name="MergedInto">The theme it became part of; its own count is then there.</param>
public sealed record ThemeRow(
    ThemeId Id, string Name, string Description, ThemeId? ParentId, int Position, bool IsArchived, ThemeId? MergedInto, int RaisedIn);

internal sealed class ListThemesHandler(IClosingTheLoopDb db) : IRequestHandler<ListThemes, CodingFrame>
{
    public async Task<CodingFrame> Handle(ListThemes request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        var tally = await db.TallyThemes(request.ConsultationId, cancellationToken);
        return new CodingFrame(
            loop.Title,
            loop.CodingCompletedAt,
            loop.Version,
            tally.Responses,
            [.. loop.Themes.OrderBy(t => t.Position).ThenBy(t => t.Name, StringComparer.Ordinal).Select(t => new ThemeRow(
                t.Id, t.Name, t.Description, t.ParentId, t.Position, t.IsArchived, t.MergedInto, tally.RaisedIn.GetValueOrDefault(t.Id)))]);
    }
}
