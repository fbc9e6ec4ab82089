using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>
/// Which principles of fair consultation, and which practices, have not been judged as they stand at the decision: none may be
/// open when a decision is recorded. Empty where all are judged.
/// </summary>
[InternalRequest]
public sealed record FindGapsInAssurance(ConsultationId ConsultationId) : IQuery<IReadOnlyList<Breach>>;
