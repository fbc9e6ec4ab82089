namespace Engagement.Consultations.Domain;

/// <summary>An occasion at which people can find out more and say what they think, such as a drop-in at a library.</summary>
/// <param name="Where">An address, or how to join online.</param>
/// <param name="Starts">UK wall time; without a time it fills the day.</param>
/// <param name="Ends">Null where nobody has to know; otherwise not before <paramref name="Starts"/>.</param>
/// <param name="HowToBook">Null where people just come.</param>
/// <param name="Access">Step-free entrance, hearing loop, interpreter and whom to ask for more.</param>
public sealed record PublicEvent(string Title, string Where, UkMoment Starts, UkMoment? Ends = null, string? HowToBook = null, string? Access = null);
