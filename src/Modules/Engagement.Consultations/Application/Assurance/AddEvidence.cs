using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Assurance;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application.Assurance;

/// <summary>Adds something that shows how a principle or practice was kept; possible at any time, and never taken away.</summary>
/// <param name="Practice">Its key, such as <c>adequate-time</c>.</param>
/// <param name="Link">Where it can be seen: an address that begins with http:// or https://; null where there is none.</param>
/// <param name="Document">A paper of the consultation; null where it is none.</param>
[RequiresScope("consultations:write")]
public sealed record AddEvidence(ConsultationId Id, string Practice, string Text, string? Link = null, DocumentId? Document = null) : ICommand<AssuranceChanged>;

/// <param name="Version">The ETag of the assurance.</param>
public sealed record AssuranceChanged(ConsultationId ConsultationId, int Version);

internal sealed class AddEvidenceValidator : AbstractValidator<AddEvidence>
{
    public AddEvidenceValidator()
    {
        RuleFor(c => c.Practice).IsPractice();
        RuleFor(c => c.Text).NotEmpty().WithMessage("Say what shows it").IsText(2_000);
        RuleFor(c => c.Link).IsAddress();
    }
}

internal static class AssuranceRules
{
    public static IRuleBuilderOptions<T, string> IsPractice<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(p => Practice.Find(p) is not null).WithMessage($"Name one of: {string.Join(", ", Practice.All.Select(p => p.Key))}");

    public static IRuleBuilderOptions<T, string?> IsAddress<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(l => string.IsNullOrWhiteSpace(l) || (l.Length <= 2_000 && Uri.TryCreate(l.Trim(), UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)))
        .WithMessage("Give the whole address, such as https://www.example.org/notice");
}

internal sealed class AddEvidenceHandler(IConsultationsDb db, ICurrentActor current, TimeProvider clock) : IRequestHandler<AddEvidence, AssuranceChanged>
{
    public async Task<AssuranceChanged> Handle(AddEvidence request, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(request.Id, cancellationToken);
        var assurance = await db.LoadAssurance(request.Id, expectedVersion: null, cancellationToken);
        var link = string.IsNullOrWhiteSpace(request.Link) ? null : request.Link.Trim();
        assurance.AddEvidence(request.Practice, request.Text, link, request.Document, consultation, current.Actor, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return new AssuranceChanged(request.Id, assurance.Version);
    }
}
