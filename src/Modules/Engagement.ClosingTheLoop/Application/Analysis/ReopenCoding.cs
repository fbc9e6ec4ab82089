using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.ClosingTheLoop.Application.Analysis;

[RequiresScope("outcomes:write")]
public sealed record ReopenCoding(ConsultationId ConsultationId, string Reason) : ICommand<int>;

internal sealed class ReopenCodingValidator : AbstractValidator<ReopenCoding>
{
    public ReopenCodingValidator() => RuleFor(c => c.Reason).IsReason("Enter why the coding is reopened");
}

internal sealed class ReopenCodingHandler(IClosingTheLoopDb db, TimeProvider clock) : IRequestHandler<ReopenCoding, int>
{
    public async Task<int> Handle(ReopenCoding request, CancellationToken cancellationToken)
    {
        var loop = await db.LoadLoop(request.ConsultationId, expected: null, cancellationToken);
        loop.ReopenCoding(request.Reason, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return loop.Version;
    }
}
