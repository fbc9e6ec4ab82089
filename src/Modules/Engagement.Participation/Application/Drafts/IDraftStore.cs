using Engagement.Consultations.Contracts;
using Engagement.Participation.Domain;

namespace Engagement.Participation.Application.Drafts;

/// <summary>What every step through the form reads and writes: one statement each.</summary>
internal interface IDraftStore
{
    Task<Draft?> Find(byte[] codeHash, ConsultationId consultation, CancellationToken cancellationToken);

    /// <summary>Stores what the draft holds now, if nobody else has written it since it was read.</summary>
    /// <returns>False where somebody has, or it is sent or deleted.</returns>
    Task<bool> Keep(Draft draft, CancellationToken cancellationToken);
}
