namespace Engagement.ClosingTheLoop.Domain;

/// <summary>What was decided after the consultation, by whom, and which report of it they had considered.</summary>
/// <param name="Body">Who decided, such as <c>Cabinet</c>.</param>
/// <param name="DecidedOn">The UK date of the decision.</param>
/// <param name="Minute">The minute or record of the decision, such as its number or address.</param>
/// <param name="DecisionMaker">Who confirms, for the body, that the report was considered.</param>
/// <param name="ReportReference">The report of the consultation, such as its number or address.</param>
/// <param name="Summary">What was decided, in plain words.</param>
/// <param name="ReportVersion">The version of it that was read, such as <c>2.1</c>; null in records that are older than the question.</param>
/// <param name="ReportReadOn">The UK date on which the decision-maker had read it.</param>
/// <param name="ReportSha256">Of the report's file, lower-case hexadecimal; null where nobody gave it.</param>
/// <param name="AnalysisSha256">Of the analysis that the report rests on, as it stood when this was recorded: the seal of the responses and how often each theme was raised.</param>
public sealed record Decision(
    string Body,
    DateOnly DecidedOn,
    string Minute,
    DecisionMaker DecisionMaker,
    string ReportReference,
    string Summary,
    string? ReportVersion = null,
    DateOnly? ReportReadOn = null,
    string? ReportSha256 = null,
    string? AnalysisSha256 = null);

/// <param name="Role">Such as <c>Chair of Cabinet</c>.</param>
public sealed record DecisionMaker(string Name, string Role);
