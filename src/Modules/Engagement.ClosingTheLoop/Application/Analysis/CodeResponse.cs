using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Says which themes the free-text answers of one response fall under. Replaces the coding of the whole response.</summary>
/// <param name="Answers">For each coded question its themes; an empty list is "none". A question left out is yet to be coded.</param>
/// <param name="ExpectedVersion">The version of this response's coding that the caller read; 0 where it had none.</param>
[RequiresScope("outcomes:write")]
public sealed record CodeResponse(
    ConsultationId ConsultationId, ResponseId ResponseId, IReadOnlyDictionary<string, IReadOnlyList<ThemeId>> Answers, int ExpectedVersion) : ICommand<int>;

internal sealed class CodeResponseValidator : AbstractValidator<CodeResponse>
{
    public const int MostThemes = 50;

    public CodeResponseValidator() =>
        RuleForEach(c => c.Answers).Must(a => a.Value.Count <= MostThemes).WithMessage($"Give an answer {MostThemes} themes or fewer");
}

internal sealed class CodeResponseHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<CodeResponse, int>
{
    public async Task<int> Handle(CodeResponse request, CancellationToken cancellationToken)
    {
        var (_, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return await db.InTransaction(
            async () =>
            {
                var loop = await db.HoldCodingFrame(request.ConsultationId, cancellationToken);
                var texts = await db.FindTextsOf(request.ConsultationId, request.ResponseId, questions, cancellationToken) ?? throw new NotFoundException("response");
                var wrong = request.Answers.Keys.Except(texts, StringComparer.Ordinal).ToList();
                if (wrong.Count > 0)
                {
                    throw new ValidationException(wrong.Select(code => new ValidationFailure(code, "This response has no free text under this question")));
                }

                var coding = await db.LoadCoding(request.ConsultationId, request.ResponseId, request.ExpectedVersion, cancellationToken);
                coding.Replace(loop, request.Answers, clock.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                return coding.Version;
            },
            cancellationToken);
    }
}
