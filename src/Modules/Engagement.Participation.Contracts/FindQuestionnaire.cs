using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Participation.Contracts;

/// <summary>The newest version of a consultation's questionnaire. Null when there is none.</summary>
[InternalRequest]
public sealed record FindQuestionnaire(ConsultationId ConsultationId) : IQuery<QuestionnaireFacts?>;

/// <summary>What the named version asks, in its order. A version never changes, so this costs no statement from the second time on.</summary>
/// <exception cref="InvalidOperationException">There is no such version.</exception>
[InternalRequest]
public sealed record FindQuestions(ConsultationId ConsultationId, int Version) : IQuery<IReadOnlyList<QuestionFacts>>;

/// <param name="Digest">SHA-256 of its content, lower-case hexadecimal: what an approver approved.</param>
public sealed record QuestionnaireFacts(int Version, string Digest, IReadOnlyList<QuestionFacts> Questions);

/// <param name="Code">The stable reporting code, unique within the questionnaire, such as <c>q3</c>.</param>
/// <param name="Type"><c>single</c>, <c>multiple</c>, <c>short-text</c>, <c>long-text</c>, <c>number</c>, <c>date</c> or <c>scale</c>.</param>
/// <param name="Options">For single and multiple, in the order shown; for a scale its points, lowest first; otherwise empty.</param>
public sealed record QuestionFacts(string Code, string Text, string Type, bool Required, IReadOnlyList<OptionFacts> Options)
{
    public bool IsFreeText => Type is "short-text" or "long-text";
}

public sealed record OptionFacts(string Code, string Label);
