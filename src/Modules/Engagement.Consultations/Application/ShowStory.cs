using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Platform.Audit;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>
/// What happened to a consultation, in every module that keeps a record under its id, newest first. What one module only notes
/// because another told it is left out: it would say the same thing twice.
/// </summary>
/// <param name="Number">Of the page, from 1; one beyond the last shows the last.</param>
[RequiresScope("consultations:read")]
public sealed record ShowStory(ConsultationId Id, int Number = 1) : IQuery<NewestHistory>
{
    public const int PageSize = 30;

    /// <summary>Events that echo another one.</summary>
    public static readonly IReadOnlyList<string> Echoes = ["ResponseFormChanged", "ResponseFormClosing", "ConsultationTakenUpForConsideration", "ConsultationDecided", "ConsultationAnswered"];
}

internal sealed class ShowStoryHandler(IConsultationsDb db, AggregateHistory history) : IRequestHandler<ShowStory, NewestHistory>
{
    public async Task<NewestHistory> Handle(ShowStory request, CancellationToken cancellationToken)
    {
        await db.Load(request.Id, cancellationToken);
        return await history.ReadNewestAsync([request.Id.Value], ShowStory.Echoes, Math.Max(1, request.Number), ShowStory.PageSize, cancellationToken);
    }
}
