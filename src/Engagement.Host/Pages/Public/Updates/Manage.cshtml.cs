using Engagement.Participation.Application.Telling;
using Engagement.Participation.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Public.Updates;

/// <summary>What somebody is told of, changed one purpose at a time; by the link in every message and without an account.</summary>
[AllowAnonymous]
public sealed class ManageModel(IMediator mediator) : PageModel
{
    [FromRoute]
    public string Token { get; set; } = "";

    public IReadOnlyList<FollowView> Follows { get; private set; } = [];

    /// <summary>What has just been done; null on looking.</summary>
    public string? Sentence { get; private set; }

    public async Task OnGetAsync(string? confirmed, string? saved, CancellationToken cancellationToken)
    {
        Follows = (await mediator.Send(new ShowUpdates(Token), cancellationToken)).Follows;
        Sentence = confirmed is not null ? "You will get these updates" : saved is not null ? "Your changes are saved" : null;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        // The fields are named after the place in the list that was shown; what it held stands beside them.
        var form = await Request.ReadFormAsync(cancellationToken);
        var shown = (await mediator.Send(new ShowUpdates(Token), cancellationToken)).Follows;
        var changes = shown
            .Select(f => (Follow: f, Place: form["follow"].ToList().IndexOf(Key(f))))
            .Where(f => f.Place >= 0)
            .Select(f => new FollowChange(f.Follow.Kind, f.Follow.Value, UpdateWords.Read(form[$"purposes-{f.Place}"].OfType<string>())))
            .ToList();
        await mediator.Send(new ChangeUpdates(Token, changes), cancellationToken);
        return Redirect($"/updates/manage/{Token}?saved=yes");
    }

    public static string Key(FollowView follow) => $"{follow.Kind}:{follow.Value}";

    public static IReadOnlyList<UpdatePurpose> All { get; } = Enum.GetValues<UpdatePurpose>();
}
