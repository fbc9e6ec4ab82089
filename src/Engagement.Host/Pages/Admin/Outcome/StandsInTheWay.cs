using Engagement.Consultations.Contracts;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Outcome;

/// <summary>Shown by <c>_StandsInTheWay.cshtml</c>.</summary>
/// <param name="Themes">Ids of the themes by their names.</param>
public sealed record StandsInTheWay(ConsultationId Consultation, IReadOnlyList<Breach> Breaches, IReadOnlyDictionary<string, string> Themes)
{
    public string AddressOf(Breach breach) => OutcomeWords.AddressOf(breach, Consultation, breach.Subject is null ? null : Themes.GetValueOrDefault(breach.Subject));
}
