namespace Engagement.Participation.Contracts;

/// <summary>
/// The read-only views that Participation publishes for reports: the only SQL that crosses a schema. Their columns never
/// change; a new shape is <c>v2</c>. Withdrawn responses are in none of them, late ones not admitted in <see cref="Received"/> only.
/// </summary>
public static class ResponseViews
{
    /// <summary>
    /// One row a counted response: <c>consultation_id uuid, response_id uuid, reference text, questionnaire_version int,
    /// channel text, submitted_at timestamptz, received_on date, late boolean, consent_to_publish boolean, asked text[]</c>
    /// (codes of the questions that were put to the participant, routing considered).
    /// </summary>
    public const string Responses = "participation.v1_responses";

    /// <summary>As <see cref="Responses"/>, and last <c>answers jsonb</c>, as <see cref="Received"/> has it.</summary>
    public const string ResponsesWithAnswers = "participation.v2_responses";

    /// <summary>
    /// One row an answer, a choice of several being a row each: <c>consultation_id uuid, response_id uuid, question_code
    /// text, option_code text, number numeric, date date, text text</c>; exactly one of the last four is set. A point of a scale is an
    /// <c>option_code</c>.
    /// </summary>
    public const string Answers = "participation.v1_answers";

    /// <summary>
    /// One row a counted response, for counting without its words: <c>consultation_id uuid, response_id uuid, given text[]</c>. Of each answer, after the question's code:
    /// <c>=option</c> for each option or point of a scale, <c>+2</c> where so many options were chosen at once, <c>:number</c>, <c>@date</c>, <c>~</c> for a text.
    /// </summary>
    public const string Given = "participation.v1_given";

    /// <summary>As <see cref="Given"/> with what was asked, as <see cref="Responses"/> has it: <c>consultation_id uuid, response_id uuid, asked text[], given text[]</c>.</summary>
    public const string AskedAndGiven = "participation.v2_given";

    /// <summary>
    /// As <see cref="Given"/>, and last in each list the codes of the questions that were put to the participant, routing considered: <c>?q1,q2</c>, of a late
    /// response <c>!q1,q2</c>. All that frequencies are made of, in one pass.
    /// </summary>
    public const string Counted = "participation.v3_given";

    /// <summary>
    /// One row a response that was received, whether it counts or not: <c>consultation_id uuid, response_id uuid, reference text,
    /// questionnaire_version int, channel text, submitted_at timestamptz, received_on date, late boolean, entered_after_seal boolean,
    /// standing text</c> (<c>in-time</c>, <c>entered-after-seal</c>, <c>late</c>, <c>late-admitted</c> or <c>late-refused</c>), <c>counted
    /// boolean, consent_to_publish boolean, answers jsonb</c> (by question code: an array of option codes, a number, a text, or
    /// <c>{"date": …}</c>), <c>words tsvector</c> (English stems of the free texts, indexed) and <c>choices text[]</c>
    /// (<c>question=option</c>, indexed).
    /// </summary>
    public const string Received = "participation.v1_received";

    /// <summary>One row a response that was received and was perhaps sent by a program: <c>consultation_id uuid, response_id uuid, sign text</c> (<c>trap</c>, <c>pace</c> or <c>flood</c>).</summary>
    public const string Suspected = "participation.v1_suspected";
}
