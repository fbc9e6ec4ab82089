using Engagement.ClosingTheLoop.Application.Analysis;
using Engagement.ClosingTheLoop.Domain;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Outcomes;

/// <summary>Records what was decided, or corrects the record; refused (<c>fairness-not-judged</c>) while the consultation has not been judged at the decision.</summary>
/// <param name="ConfirmsConsideration">The decision-maker confirms that the report was considered before the decision.</param>
/// <param name="CorrectionReason">Why a decision that has been recorded is recorded again; null for the first record.</param>
[RequiresScope("outcomes:write")]
public sealed record RecordDecision(ConsultationId ConsultationId, Decision Decision, bool ConfirmsConsideration, string? CorrectionReason) : ICommand<int>;

internal sealed class RecordDecisionValidator : AbstractValidator<RecordDecision>
{
    public RecordDecisionValidator()
    {
        RuleFor(c => c.Decision.Body).IsText("Enter who decided, such as Cabinet", "The name of the body", TextRules.LineLength).OverridePropertyName("body");
        RuleFor(c => c.Decision.Minute).IsText("Enter the minute or record of the decision", "The minute", TextRules.LineLength).OverridePropertyName("minute");
        RuleFor(c => c.Decision.DecisionMaker.Name).IsText("Enter the name of the decision-maker", "The name", TextRules.LineLength).OverridePropertyName("decisionMaker.name");
        RuleFor(c => c.Decision.DecisionMaker.Role).IsText("Enter the role of the decision-maker", "The role", TextRules.LineLength).OverridePropertyName("decisionMaker.role");
        RuleFor(c => c.Decision.ReportReference).IsText("Enter the report that was considered", "The reference", TextRules.LineLength).OverridePropertyName("reportReference");
        RuleFor(c => c.Decision.ReportVersion!).IsText("Enter which version of the report was read", "The version", TextRules.LineLength).OverridePropertyName("reportVersion");
        RuleFor(c => c.Decision.ReportReadOn).NotNull().WithMessage("Enter when the decision-maker had read the report").OverridePropertyName("reportReadOn");
        RuleFor(c => c.Decision.ReportSha256)
            .Must(h => h is null || (h.Length == 64 && h.All(char.IsAsciiHexDigitLower))).WithMessage("A fingerprint has 64 characters, 0 to 9 and a to f: the SHA-256 of the report’s file")
            .OverridePropertyName("reportSha256");
        RuleFor(c => c.Decision.Summary).IsText("Enter what was decided", "The summary", TextRules.ParagraphLength).OverridePropertyName("summary");
        RuleFor(c => c.CorrectionReason!).IsReason("Enter why the record is corrected").When(c => c.CorrectionReason is not null);
    }
}

internal sealed class RecordDecisionHandler(IClosingTheLoopDb db, IMediator mediator, ICurrentActor current, TimeProvider clock) : IRequestHandler<RecordDecision, int>
{
    public async Task<int> Handle(RecordDecision request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        var analysis = loop.DigestOfAnalysis(await db.TallyThemes(request.ConsultationId, cancellationToken));
        loop.RecordDecision(request.Decision with { AnalysisSha256 = analysis }, request.ConfirmsConsideration, request.CorrectionReason, current.Actor, clock.GetUtcNow());
        if (await mediator.Send(new FindGapsInAssurance(request.ConsultationId), cancellationToken) is { Count: > 0 } gaps)
        {
            throw new RuleBrokenException(
                "fairness-not-judged", "Before a decision is recorded, each principle of fair consultation and each practice of the Charter is judged as it stands at the decision.", gaps);
        }

        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
