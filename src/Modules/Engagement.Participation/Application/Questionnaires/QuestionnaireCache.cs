using System.Collections.Concurrent;
using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain.Questions;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Questionnaires;

/// <summary>Versions of questionnaires in memory: a version never changes, so it never has to be read twice.</summary>
internal sealed class QuestionnaireCache
{
    /// <summary>More than a county has open at once; beyond it the memory is given back and filled anew.</summary>
    private const int Most = 1_000;

    private readonly ConcurrentDictionary<(ConsultationId, int), QuestionnaireContent> known = new();

    public async ValueTask<QuestionnaireContent> Find(IParticipationDb db, ConsultationId consultation, int version, CancellationToken cancellationToken)
    {
        if (known.TryGetValue((consultation, version), out var content))
        {
            return content;
        }

        var json = await db.QuestionnaireVersions.AsNoTracking()
            .Where(v => v.ConsultationId == consultation && v.Number == version)
            .Select(v => v.ContentJson)
            .SingleAsync(cancellationToken);
        if (known.Count >= Most)
        {
            known.Clear();
        }

        return known.GetOrAdd((consultation, version), QuestionnaireContent.FromJson(json));
    }
}
