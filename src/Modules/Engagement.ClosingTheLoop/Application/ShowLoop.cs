using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application;

/// <summary>Where the loop of a consultation stands, in short; also before it has closed.</summary>
[RequiresScope("outcomes:read")]
public sealed record ShowLoop(ConsultationId ConsultationId) : IQuery<LoopSummary>
{
    /// <summary>What the other requests of this module say is not there while a consultation has not closed.</summary>
    public const string WhatIsMissing = "closed consultation";
}

/// <param name="ClosesAt">The first instant that is too late.</param>
/// <param name="QuestionnaireVersion">The approved version, which is the only one ever answered; null while nothing is approved.</param>
/// <param name="HasClosed">The set of responses is sealed: themes, coding, decision and outcome can begin.</param>
/// <param name="CodingCompletedAt">When the coding was last declared complete; null while it is open.</param>
public sealed record LoopSummary(ConsultationId ConsultationId, string Title, string Slug, DateTimeOffset ClosesAt, int? QuestionnaireVersion, bool HasClosed, DateTimeOffset? CodingCompletedAt);

internal sealed class ShowLoopHandler(IClosingTheLoopDb db, IMediator mediator) : IRequestHandler<ShowLoop, LoopSummary>
{
    public async Task<LoopSummary> Handle(ShowLoop request, CancellationToken cancellationToken)
    {
        var consultation = await mediator.Send(new FindConsultation(request.ConsultationId), cancellationToken) ?? throw new NotFoundException("consultation");
        var loop = await db.Loops.Where(l => l.ConsultationId == request.ConsultationId).Select(l => new { l.CodingCompletedAt }).SingleOrDefaultAsync(cancellationToken);
        return new LoopSummary(consultation.Id, consultation.Title, consultation.Slug, consultation.ClosesAt, consultation.QuestionnaireVersion, loop is not null, loop?.CodingCompletedAt);
    }
}
