namespace Engagement.ClosingTheLoop.Domain;

/// <summary>What was decided after the consultation, by whom, and which report of it they had considered.</summary>
/// <param name="Body">Who decided, such as <c>Cabinet</c>.</param>
/// <param name="DecidedOn">The UK date of the decision.</param>
/// <param name="Minute">The minute or record of the decision, such as its number or address.</param>
/// <param name="DecisionMaker">Who confirms, for the body, that the report was considered.</param>
/// <param name="ReportReference">The report of the consultation, such as its number or address.</param>
/// <param name="Summary">What was decided, in plain words.</param>
public sealed record Decision(string Body, DateOnly DecidedOn, string Minute, DecisionMaker DecisionMaker, string ReportReference, string Summary);

/// <param name="Role">Such as <c>Chair of Cabinet</c>.</param>
public sealed record DecisionMaker(string Name, string Role);
