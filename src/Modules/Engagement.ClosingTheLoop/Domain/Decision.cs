namespace Engagement.ClosingTheLoop.Domain;

/// <summary>What was decided after the consultation, by whom, and that they had considered what people said.</summary>
/// <param name="Body">Who decided, such as <c>Cabinet</c>.</param>
/// <param name="DecidedOn">The UK date of the decision.</param>
/// <param name="Minute">The minute or record of the decision, such as its number or address.</param>
/// <param name="ReportReference">The report of the consultation that was considered, such as its number or address.</param>
internal sealed record Decision(
    string Body, DateOnly DecidedOn, string Minute, string DecisionMakerName, string DecisionMakerRole, string ReportReference, string Summary);
