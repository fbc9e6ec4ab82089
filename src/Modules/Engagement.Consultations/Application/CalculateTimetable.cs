using System.Text.Json;
using Engagement.Consultations.Domain.Timescales;
using Engagement.Kernel;
using FluentValidation;
using MediatR;

namespace Engagement.Consultations.Application;

/// <summary>The dates that one or several regimes ask for, from dates that need not belong to any consultation.</summary>
/// <param name="Regimes">At least one id, such as <c>tro-permanent</c>; several combine to the strictest.</param>
/// <param name="Inputs">Dates as text (<c>2025-09-17</c>), years as numbers, <c>school_breaks</c> as a list of first and last days.</param>
/// <param name="ClosingTime">UK wall time on the closing day; null is the end of the day.</param>
[RequiresScope("consultations:read")]
public sealed record CalculateTimetable(
    IReadOnlyList<string> Regimes, IReadOnlyDictionary<string, JsonElement> Inputs, TimeOnly? ClosingTime = null) : IQuery<TimetableView>
{
    public const int MostRegimes = 20;

    public const int MostInputs = 100;
}

internal sealed class CalculateTimetableValidator : AbstractValidator<CalculateTimetable>
{
    public CalculateTimetableValidator()
    {
        RuleFor(q => q.Regimes).Cascade(CascadeMode.Stop)
            .NotEmpty().WithMessage("Name at least one regime, such as tro-permanent")
            .Must(r => r.Count <= CalculateTimetable.MostRegimes).WithMessage($"Name {CalculateTimetable.MostRegimes} regimes or fewer")
            .Must(r => r.All(id => !string.IsNullOrWhiteSpace(id))).WithMessage("Each regime is the id of one, such as tro-permanent");
        RuleFor(q => q.Inputs).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("Give the dates to count from, such as \"published\"")
            .Must(i => i.Count <= CalculateTimetable.MostInputs).WithMessage($"Give {CalculateTimetable.MostInputs} inputs or fewer")
            .Custom((inputs, context) => TimetableInputs.Read(inputs, (name, reason) => context.AddFailure($"Inputs.{name}", reason)));
    }
}

internal sealed class CalculateTimetableHandler(ITimescales timescales) : IRequestHandler<CalculateTimetable, TimetableView>
{
    public async Task<TimetableView> Handle(CalculateTimetable request, CancellationToken cancellationToken)
    {
        var inputs = TimetableInputs.Read(request.Inputs, (name, reason) => throw new ArgumentException($"{name}: {reason}", nameof(request)));
        return TimetableView.Of((await timescales.Now(cancellationToken)).Calculate([.. request.Regimes], inputs with { ClosingTime = request.ClosingTime }));
    }
}
