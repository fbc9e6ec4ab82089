namespace Engagement.Participation.Domain.Questions;

/// <summary>What people ought to know before they answer, shown beside the question: a text, documents, or both.</summary>
/// <param name="Title">Such as <c>What the branch costs</c>.</param>
/// <param name="Text">Plain text; an empty line begins a paragraph. Null where the documents say it.</param>
/// <param name="Documents">
/// Names of the consultation's documents, such as <c>costs-2026.pdf</c>: the newest version of a name is what is linked. One that is
/// not shown (any more) has no link.
/// </param>
public sealed record Fact(string Title, string? Text = null, IReadOnlyList<string>? Documents = null);
