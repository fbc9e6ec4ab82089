namespace Engagement.Consultations.Domain;

/// <summary>A date of the UK calendar, with a wall time where it matters. As people enter it; <see cref="ConsultationPeriod"/> makes instants of it.</summary>
/// <param name="Date">On the UK calendar.</param>
/// <param name="Time">UK wall time, to the minute; null stands for the beginning of the first day and for the end of the last one.</param>
/// <param name="Second">Of a time that occurs twice, when the clocks go back: true for the second one, in winter time.</param>
public sealed record UkMoment(DateOnly Date, TimeOnly? Time = null, bool? Second = null);
