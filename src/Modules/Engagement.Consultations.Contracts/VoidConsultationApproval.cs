using Engagement.Kernel;

namespace Engagement.Consultations.Contracts;

/// <summary>
/// Sent before approved content that another module owns is changed, such as the questionnaire: what is not approved never
/// opens. Where nothing is approved yet it records who wrote it, so that they cannot approve it, and a new version, so that an
/// approver who read the old one is told.
/// </summary>
/// <param name="Changed">What is about to change, such as <c>questionnaire</c>.</param>
[InternalRequest]
public sealed record VoidConsultationApproval(ConsultationId Id, string Changed) : ICommand<VoidConsultationApprovalResult>;

public enum VoidConsultationApprovalResult
{
    /// <summary>Go on: nothing approved rests on the old content any more.</summary>
    Void,

    NotFound,

    /// <summary>Too late: it has opened, so the content is frozen.</summary>
    Frozen,
}
