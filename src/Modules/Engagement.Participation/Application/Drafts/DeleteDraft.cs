using Engagement.Kernel;
using Engagement.Participation.Application.Erasing;
using Engagement.Participation.Domain;
using MediatR;

namespace Engagement.Participation.Application.Drafts;

/// <summary>Deletes answers in progress at once. What was sent is not touched; deleting what is not there changes nothing.</summary>
[AllowsAnyone]
public sealed record DeleteDraft(string Slug, string? Code) : ICommand<Unit>;

internal sealed class DeleteDraftHandler(OwnDrafts drafts, Erasures erasures, TimeProvider clock) : IRequestHandler<DeleteDraft, Unit>
{
    public async Task<Unit> Handle(DeleteDraft request, CancellationToken cancellationToken)
    {
        var facts = await drafts.FindConsultation(request.Slug, clock.GetUtcNow(), cancellationToken) ?? throw new NotFoundException("consultation");
        if (await drafts.Find(request.Code, facts, cancellationToken) is { } draft)
        {
            await erasures.Erase(ErasureKind.Draft, draft.Id, cancellationToken);
        }

        return Unit.Value;
    }
}
