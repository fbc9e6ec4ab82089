using System.ComponentModel.DataAnnotations;
using Engagement.Consultations.Application.Public;
using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using Engagement.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>Be told: by topic, by area, or of one consultation; the address is asked for its consent before anything is sent.</summary>
[AllowAnonymous]
[CountedAs(Sends.Message)]
public sealed class IndexModel(IMediator mediator) : PageModel
{
    /// <summary>The last part of the address of the one consultation that it is about; empty for none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Consultation { get; set; }

    [BindProperty]
    public string[] Topics { get; set; } = [];

    [BindProperty]
    public string[] Areas { get; set; } = [];

    [BindProperty]
    public string[] Purposes { get; set; } = [];

    [BindProperty]
    [Display(Name = "E-mail address")]
    public string? EmailAddress { get; set; }

    public string? ConsultationTitle { get; private set; }

    public IReadOnlyList<SelectListItem> TopicItems { get; private set; } = [];

    public IReadOnlyList<SelectListItem> AreaItems { get; private set; } = [];

    public static IReadOnlyList<SelectListItem> PurposeItems { get; } = [.. Enum.GetValues<UpdatePurpose>().Select(p => new SelectListItem(UpdateWords.Of(p), p.ToString()))];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await Load(cancellationToken);
        List<FollowWish> follows = [.. Topics.Select(t => new FollowWish(FollowKind.Topic, t)), .. Areas.Select(a => new FollowWish(FollowKind.Area, a))];
        if (ConsultationTitle is not null)
        {
            follows.Add(new FollowWish(FollowKind.Consultation, Consultation!));
        }

        var sent = await this.SendOrShowErrors(
            mediator,
            new AskForUpdates(EmailAddress ?? "", follows, UpdateWords.Read(Purposes)),
            cancellationToken,
            member => member == nameof(AskForUpdates.Follows) ? TopicItems.Count > 0 ? nameof(Topics) : nameof(Areas) : member.Split('[')[0]);
        return sent.Succeeded ? Redirect("/updates/sent") : Page();
    }

    private async Task Load(CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new FindPublicActivities(PublicFilter.None), cancellationToken);
        TopicItems = Items(found.Topics, Topics);
        AreaItems = Items(found.Areas, Areas);
        if (!string.IsNullOrEmpty(Consultation))
        {
            ConsultationTitle = (await mediator.Send(new ShowPublicConsultation(Consultation), cancellationToken)).Title;
        }
    }

    private static List<SelectListItem> Items(IReadOnlyList<FilterValue<string>> values, string[] chosen) =>
        [.. values.Select(v => v.Value).Union(chosen, StringComparer.Ordinal).Select(v => new SelectListItem(v, v))];
}

internal static class UpdateWords
{
    public static string Of(UpdatePurpose purpose) => purpose switch
    {
        UpdatePurpose.Opening => "When it opens",
        UpdatePurpose.Deadline => "A week before it closes, and if the closing date changes",
        UpdatePurpose.Closing => "When it has closed, or is withdrawn",
        _ => "When the outcome is published",
    };

    public static string Of(FollowView follow) => follow.Kind switch
    {
        FollowKind.Topic => $"Topic: {follow.Text}",
        FollowKind.Area => $"Area: {follow.Text}",
        _ => follow.Text,
    };

    /// <summary>What is none of the purposes is left out.</summary>
    public static IReadOnlyList<UpdatePurpose> Read(IEnumerable<string> names) =>
        [.. Enum.GetValues<UpdatePurpose>().Where(p => names.Contains(p.ToString(), StringComparer.Ordinal))];
}
