using Engagement.Consultations.Domain;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Admin.Consultations;

[Authorize("consultations:write")]
public sealed class PeopleModel(IMediator mediator, TimeProvider clock) : EditPage(mediator, clock)
{
    [BindProperty]
    public string? Topics { get; set; }

    [BindProperty]
    public string? Areas { get; set; }

    [BindProperty]
    public string? Audiences { get; set; }

    protected override void Fill() => (Topics, Areas, Audiences) =
        (Lines(Consultation.Topics), Lines(Consultation.Areas), Lines(Consultation.Audiences));

    protected override ConsultationDetails Apply(ConsultationDetails details) =>
        details with { Topics = Words(Topics), Areas = Words(Areas), Audiences = Words(Audiences) };

    protected override IEnumerable<SavedField> Saved() =>
    [
        new("Topics", Lines(Consultation.Topics)),
        new("Areas", Lines(Consultation.Areas)),
        new("Audiences", Lines(Consultation.Audiences)),
    ];

    private static string? Lines(IReadOnlyList<string> words) => words.Count == 0 ? null : string.Join('\n', words);

    /// <summary>One a line; empty lines and what is there already are left out.</summary>
    private static string[] Words(string? lines) =>
        [.. (lines ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];
}
