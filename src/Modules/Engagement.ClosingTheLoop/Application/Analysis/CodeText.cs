using Engagement.ClosingTheLoop.Contracts;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.ClosingTheLoop.Application.Analysis;

/// <summary>Says which themes one free text falls under, and leaves the other texts of the response as they are coded.</summary>
/// <param name="Themes">An empty list is "none"; null takes the coding back, so that the text is yet to be coded.</param>
/// <param name="ExpectedVersion">The version of the response's coding that the caller read; 0 where it had none.</param>
[RequiresScope("outcomes:write")]
public sealed record CodeText(ConsultationId ConsultationId, ResponseId ResponseId, string QuestionCode, IReadOnlyList<ThemeId>? Themes, int ExpectedVersion) : ICommand<int>;

internal sealed class CodeTextValidator : AbstractValidator<CodeText>
{
    public CodeTextValidator() =>
        RuleFor(c => c.Themes).Must(t => t is null || t.Count <= CodeResponseValidator.MostThemes).WithMessage($"Give an answer {CodeResponseValidator.MostThemes} themes or fewer");
}

internal sealed class CodeTextHandler(IClosingTheLoopDb db, IMediator mediator, TimeProvider clock) : IRequestHandler<CodeText, int>
{
    public async Task<int> Handle(CodeText request, CancellationToken cancellationToken)
    {
        var (_, questions) = await mediator.FindQuestions(request.ConsultationId, cancellationToken);
        return await db.InTransaction(
            async () =>
            {
                var loop = await db.HoldCodingFrame(request.ConsultationId, cancellationToken);
                var texts = await db.FindTextsOf(request.ConsultationId, request.ResponseId, questions, cancellationToken);
                if (texts?.Contains(request.QuestionCode) != true)
                {
                    throw new NotFoundException("free text");
                }

                var coding = await db.LoadCoding(request.ConsultationId, request.ResponseId, request.ExpectedVersion, cancellationToken);
                coding.ReplaceOne(loop, request.QuestionCode, request.Themes, clock.GetUtcNow());
                await db.SaveChangesAsync(cancellationToken);
                return coding.Version;
            },
            cancellationToken);
    }
}

internal static class CodingLoading
{
    /// <summary>How a response is coded, to be changed; a new one where nobody has coded it.</summary>
    /// <exception cref="StaleVersionException">Somebody coded it in between.</exception>
    public static async Task<ResponseCoding> LoadCoding(
        this IClosingTheLoopDb db, ConsultationId consultation, ResponseId response, int expectedVersion, CancellationToken cancellationToken)
    {
        // One collection lies within the other, so that one statement multiplies no rows.
        var coding = await db.Codings.AsSingleQuery().SingleOrDefaultAsync(c => c.ConsultationId == consultation && c.ResponseId == response, cancellationToken);
        if (coding is null)
        {
            coding = ResponseCoding.Of(consultation, response);
            db.Codings.Add(coding);
        }

        coding.MustBeAt(expectedVersion);
        return coding;
    }
}
