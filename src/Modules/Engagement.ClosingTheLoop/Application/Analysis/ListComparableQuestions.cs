using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>The questions that <see cref="ShowCrossTable"/> sets against each other.</summary>
[RequiresScope("outcomes:read")]
public sealed record ListComparableQuestions(ConsultationId ConsultationId) : IQuery<ComparableQuestions>
{
    /// <summary>A table of more lines is read by nobody.</summary>
    public const int MostOptions = 30;

    internal static bool Includes(QuestionFacts question) => question.Options.Count is > 0 and <= MostOptions;
}

/// <param name="Questions">Single, multiple and scale, in the order asked; empty while nothing has been approved.</param>
public sealed record ComparableQuestions(string Title, IReadOnlyList<QuestionFacts> Questions);

internal sealed class ListComparableQuestionsHandler(IMediator mediator) : IRequestHandler<ListComparableQuestions, ComparableQuestions>
{
    public async Task<ComparableQuestions> Handle(ListComparableQuestions request, CancellationToken cancellationToken)
    {
        var (consultation, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return new ComparableQuestions(consultation.Title, [.. questions.Where(ListComparableQuestions.Includes)]);
    }
}
