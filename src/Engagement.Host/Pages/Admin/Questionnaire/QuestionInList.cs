using Engagement.Participation.Domain.Questions;

namespace Engagement.Host.Pages.Admin.Questionnaire;

/// <param name="Number">Counts all questions of the questionnaire from 1.</param>
public sealed record QuestionInList(BuilderPage Builder, Question Question, int Number, bool IsFirst, bool IsLast);
