using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <summary>The facts beside a question or on a page, with where they are changed.</summary>
/// <param name="Root">The address of the builder.</param>
/// <param name="Owner">As in the query: <c>question=q1</c> or <c>part=2</c>.</param>
public sealed record FactsOf(string Root, string Owner, IReadOnlyList<Fact> Facts);
