using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Engagement.Host.Pages;

/// <summary>What became of a request that a page has sent.</summary>
/// <param name="Succeeded">False: nothing was changed, and the page's errors say why.</param>
public readonly record struct Sent<T>(bool Succeeded, T? Value);

public static class PageExtensions
{
    /// <summary>
    /// Sends what the API would send. A refusal becomes errors of the page, beside the field where it names one, with everything
    /// that was typed kept; what cannot be mended on the page (404, 500) goes on to the page of problems.
    /// </summary>
    /// <param name="field">From a member of the request, such as <c>Details.Title</c>, or from the code of a broken rule to the key of the page's
    /// field; null or empty for an error that belongs to none. Without it: the page's property of the same name as the member's last part.</param>
    /// <returns>Not succeeded where the page has errors already: then nothing is sent.</returns>
    public static async Task<Sent<T>> SendOrShowErrors<T>(
        this PageModel page, IMediator mediator, IRequest<T> request, CancellationToken cancellationToken, Func<string, string?>? field = null)
    {
        if (!page.ModelState.IsValid)
        {
            return default;
        }

        try
        {
            return new Sent<T>(true, await mediator.Send(request, cancellationToken));
        }
        catch (ValidationException e)
        {
            foreach (var failure in e.Errors.DistinctBy(f => (f.PropertyName, f.ErrorMessage)))
            {
                page.AddError((field ?? page.FieldNamed)(failure.PropertyName), failure.ErrorMessage);
            }
        }
        catch (RuleBrokenException e)
        {
            page.AddError(field?.Invoke(e.Code), e.Message);
            foreach (var breach in e.Breaches)
            {
                page.AddError(field?.Invoke(breach.Rule), breach.Citation is null ? breach.Message : $"{breach.Message} ({breach.Citation})");
            }
        }
        catch (ForbiddenException e)
        {
            page.AddError(null, e.Message);
        }
        catch (Exception e) when (e is StaleVersionException or DbUpdateConcurrencyException
            or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } })
        {
            page.AddError(null, "Somebody else has changed this since you opened it, so nothing was saved. What you typed is kept below. Open the page again in another tab to see the change, then decide what to keep.");
        }

        return default;
    }

    /// <summary>Shown once at the top of the next page that the officer sees.</summary>
    /// <param name="what">A sentence that says what is now true.</param>
    public static void Done(this PageModel page, string what) => page.TempData["Done"] = what;

    private static void AddError(this PageModel page, string? field, string message) => page.ModelState.AddModelError(field ?? "", message);

    private static string? FieldNamed(this PageModel page, string member)
    {
        var last = member.Split('.')[^1];
        return page.GetType().GetProperty(last) is null ? null : last;
    }
}
