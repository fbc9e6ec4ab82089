namespace Engagement.Participation.Contracts;

/// <summary>
/// The read-only views that Participation publishes for reports: the only SQL that crosses a schema. Their columns never
/// change; a new shape is <c>v2</c>. Withdrawn responses, and late ones not admitted, are not in them.
/// </summary>
public static class ResponseViews
{
    /// <summary>
    /// One row a counted response: <c>consultation_id uuid, response_id uuid, reference text, questionnaire_version int,
    /// channel text, submitted_at timestamptz, received_on date, late boolean, consent_to_publish boolean, asked text[]</c>
    /// (codes of the questions that were put to the participant, routing considered).
    /// </summary>
    public const string Responses = "participation.v1_responses";

    /// <summary>
    /// One row an answer, a choice of several being a row each: <c>consultation_id uuid, response_id uuid, question_code
    /// text, option_code text, number numeric, date date, text text</c>; exactly one of the last four is set. A point of a scale is an
    /// <c>option_code</c>.
    /// </summary>
    public const string Answers = "participation.v1_answers";
}
