using System.Security.Claims;
using Engagement.Access.Contracts;
using Engagement.ClosingTheLoop.Application.Outcomes;
using Engagement.Consultations.Application;
using Engagement.Engagements.Application;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Engagement.Platform.Operations;
using Engagement.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Work;

/// <summary>What needs this officer, across all engagements, with the page that resolves each: one query for each module.</summary>
[Authorize(OfficerClaims.Policy)]
public sealed class IndexModel(IMediator mediator, TimeProvider clock) : PageModel
{
    public IReadOnlyList<WorkGroup> Groups { get; private set; } = [];

    public DateOnly Today { get; private set; }

    public int Count => Groups.Sum(g => g.Items.Count);

    /// <summary>The officer leads nothing, as an analyst or a moderator: then they see what waits in the whole council.</summary>
    public bool SeesAll { get; private set; }

    public bool HasNoRight => !User.HasClaim(c => c.Type is "scope" or OfficerClaims.ScopeSomewhere);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Today = UkTime.DateOf(clock.GetUtcNow());
        if (HasNoRight)
        {
            return;
        }

        var me = OfficerId.From(Guid.Parse(User.FindFirstValue("sub")!));
        var address = (await mediator.Send(new FindOfficers([me]), cancellationToken)).GetValueOrDefault(me)?.Email;
        var work = new WorkList(Holds, Today);
        var plans = await mediator.Send(new FindPlanWork(address), cancellationToken);
        work.Add(plans);
        var isPlaced = User.HasClaim(c => c.Type == OfficerClaims.ScopeSomewhere);
        SeesAll = plans.Mine.Count == 0 && !isPlaced;
        var consultations = await mediator.Send(new FindConsultationWork(SeesAll ? null : [.. plans.Mine]), cancellationToken);
        work.Add([.. consultations.Consultations.Where(c => MayRead("consultations:approve") || plans.Mine.Contains(c.EngagementId) || c.IsOwn)]);
        work.Add(consultations.Notices);
        work.Add(await mediator.Send(new FindLateResponsesToRule(SeesAll ? null : [.. plans.MyConsultations]), cancellationToken));
        work.Add(await mediator.Send(new FindLoopWork(SeesAll ? null : [.. plans.MyConsultations]), cancellationToken));
        if (MayRead("administration:read"))
        {
            work.Add(await mediator.Send(new FindStandstills(), cancellationToken));
        }

        Groups = work.Groups;
    }

    private bool Holds(string scope) => MayRead(scope) || User.HasClaim(OfficerClaims.ScopeSomewhere, scope);

    /// <summary>Everywhere: a list across the council is nobody's who may read some of it only.</summary>
    private bool MayRead(string scope) => User.HasClaim("scope", scope);
}
