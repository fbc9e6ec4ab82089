using System.Text.Json;
using System.Text.RegularExpressions;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;

namespace Engagement.Consultations.Domain.LocalRegimes;

/// <summary>
/// What a local regime may be, beside what holds for every regime: an id of its own, good practice by kind, inputs that mean what they
/// mean elsewhere, and nothing that asks for an earlier close. Regimes combine to the strictest, so then it can never shorten a statute.
/// </summary>
internal static partial class LocalRegimeRules
{
    public static Regime Read(string definition, string source, string? sourceAddress, DateOnly recordedOn) => RegimeReader.ReadLocal(LocalRegime.Group, definition, recordedOn) with
    {
        Sources = sourceAddress is null ? [source] : [source, sourceAddress],
    };

    /// <exception cref="RuleBrokenException"><c>local-regime-invalid</c>.</exception>
    public static Regime Check(JsonElement definition, string source, string? sourceAddress, DateOnly today, RegimeCatalogue known)
    {
        Regime regime;
        try
        {
            regime = Read(definition.GetRawText(), source, sourceAddress, today);
        }
        catch (RegimeDataException slip)
        {
            throw Invalid(slip.Message);
        }

        if (!Id().IsMatch(regime.Id))
        {
            throw Invalid($"The id of a local regime begins with '{LocalRegime.Prefix}' and goes on with small letters, digits and hyphens, such as local-libraries. It is '{regime.Id}'.");
        }

        if (regime.Kind != RegimeKind.GoodPractice)
        {
            throw Invalid("A local regime is good practice ('good-practice'): only Parliament and ministers make statutes.");
        }

        if (regime.Check?.WindowStart is not null)
        {
            throw Invalid("A local regime has no window: it could ask for an earlier close than a statute lets people have.");
        }

        CheckInputs(regime, known);
        foreach (var step in regime.Versions.SelectMany(v => v.Steps))
        {
            if (step.Kind == StepKind.Latest && step.Actual is TimetableInputs.Closes or TimetableInputs.Opens)
            {
                throw Invalid($"The step '{step.Key}' asks for an earlier opening or close. A local regime can only give people more time.");
            }
        }

        return regime;
    }

    public static RuleBrokenException Invalid(string message) => new("local-regime-invalid", message);

    /// <summary>A date stays a date: an input of the same name as another regime's has the same kind.</summary>
    private static void CheckInputs(Regime regime, RegimeCatalogue known)
    {
        foreach (var input in regime.Inputs)
        {
            var kind = TimetableInputs.General.TryGetValue(input.Name, out var general)
                ? general
                : known.All.Where(r => r.Id != regime.Id).SelectMany(r => r.Inputs).FirstOrDefault(i => i.Name == input.Name)?.Kind;
            if (kind is not null && kind != input.Kind)
            {
                throw Invalid($"The input '{input.Name}' means something else in other regimes. Give it another name.");
            }
        }
    }

    [GeneratedRegex("^local-[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Id();
}
