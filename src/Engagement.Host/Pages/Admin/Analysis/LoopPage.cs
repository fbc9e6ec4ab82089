using Engagement.ClosingTheLoop.Application;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Analysis;

/// <summary>A page about what was answered in one consultation, and what came of it.</summary>
[BeforeTheClose]
public abstract class LoopPage(IMediator mediator) : PageModel
{
    [FromRoute]
    public ConsultationId Id { get; set; }

    public string Address => $"/admin/consultations/{Id}";

    /// <summary>Somebody else saved something between the reading and the saving of this page: it shows what is saved now.</summary>
    public bool ChangedMeanwhile { get; private set; }

    protected IMediator Mediator { get; } = mediator;

    /// <summary>After a refusal: the form goes on with the version that stands beside it, so that who saves again does so knowingly.</summary>
    /// <param name="field">The name of the hidden field.</param>
    /// <returns>The version that the form carries from now on.</returns>
    protected T GoOnWith<T>(string field, T sent, T current)
    {
        if (!EqualityComparer<T>.Default.Equals(sent, current))
        {
            ChangedMeanwhile = true;
            ModelState.Remove(field);
        }

        return current;
    }
}

/// <summary>What needs a closed consultation leads, while it has not closed, to a page that says so and what can be done until then.</summary>
internal sealed class BeforeTheCloseAttribute : ExceptionFilterAttribute
{
    public override void OnException(ExceptionContext context)
    {
        if (context.Exception is NotFoundException { What: ShowLoop.WhatIsMissing })
        {
            context.Result = new RedirectResult($"/admin/consultations/{context.RouteData.Values["id"]}/not-closed");
        }
    }
}
