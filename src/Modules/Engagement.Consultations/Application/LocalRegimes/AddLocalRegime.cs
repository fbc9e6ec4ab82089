using System.Text.Json;
using Engagement.Consultations.Application.Calendars;
using Engagement.Consultations.Domain.LocalRegimes;
using Engagement.Kernel;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.LocalRegimes;

/// <summary>Adds what the council asks of itself beyond the law, in the shape of the program's own regimes. It can never shorten a statute.</summary>
/// <param name="Definition">One regime: id (beginning with <c>local-</c>), name, kind (<c>good-practice</c>), confidence, legalBasis, trigger, inputs, steps, versions, and where it fixes a period check.</param>
/// <param name="Source">Where the council decided it.</param>
/// <param name="SourceAddress">Where it can be read; null where it is not on the web.</param>
[RequiresScope("administration:write")]
public sealed record AddLocalRegime(JsonElement Definition, string? Source, string? SourceAddress) : ICommand<LocalRegimeView>;

/// <summary>Puts another definition in place of a local regime's present one; timetables that were recorded stay as they are.</summary>
/// <param name="ExpectedVersion">The version the caller read.</param>
[RequiresScope("administration:write")]
public sealed record ReviseLocalRegime(string Id, JsonElement Definition, string? Source, string? SourceAddress, int? ExpectedVersion) : ICommand<LocalRegimeView>;

/// <summary>A local regime as it was recorded.</summary>
[RequiresScope("consultations:read")]
public sealed record FindLocalRegime(string Id) : IQuery<LocalRegimeView>;

/// <param name="Id">Among all regimes, such as <c>local-libraries</c>.</param>
/// <param name="Version">Of the record, from 1.</param>
public sealed record LocalRegimeView(string Id, int Version, JsonElement Definition, string Source, string? SourceAddress, DateOnly RecordedOn)
{
    internal static LocalRegimeView Of(LocalRegime regime) => new(
        regime.Code, regime.Version, JsonSerializer.Deserialize<JsonElement>(regime.Definition), regime.Source, regime.SourceAddress, regime.RecordedOn);
}

internal sealed class AddLocalRegimeValidator : AbstractValidator<AddLocalRegime>
{
    /// <summary>The longest of the program's own has less than a third of it.</summary>
    public const int LongestDefinition = 30_000;

    public AddLocalRegimeValidator()
    {
        RuleFor(c => c.Definition).Cascade(CascadeMode.Stop)
            .Must(d => d.ValueKind == JsonValueKind.Object).WithMessage("Give the regime as an object")
            .Must(d => d.GetRawText().Length <= LongestDefinition).WithMessage($"A regime has {LongestDefinition} characters or fewer");
        RuleFor(c => c.Source).NotEmpty().WithMessage("Say where the council decided it, such as Cabinet, 12 May 2026, minute 34").IsText(500);
        RuleFor(c => c.SourceAddress).IsWebAddress();
    }
}

internal sealed class ReviseLocalRegimeValidator : AbstractValidator<ReviseLocalRegime>
{
    public ReviseLocalRegimeValidator() =>
        RuleFor(c => new AddLocalRegime(c.Definition, c.Source, c.SourceAddress)).SetValidator(new AddLocalRegimeValidator()).OverridePropertyName("");
}

internal sealed class AddLocalRegimeHandler(IConsultationsDb db, ITimescales timescales, TimeProvider clock)
    : IRequestHandler<AddLocalRegime, LocalRegimeView>, IRequestHandler<ReviseLocalRegime, LocalRegimeView>, IRequestHandler<FindLocalRegime, LocalRegimeView>
{
    public async Task<LocalRegimeView> Handle(AddLocalRegime request, CancellationToken cancellationToken)
    {
        var known = await timescales.ReadFresh(cancellationToken);
        var regime = LocalRegime.Add(request.Definition, request.Source!.Trim(), Trimmed(request.SourceAddress), known.Calculator.Regimes, clock.GetUtcNow());
        db.LocalRegimes.Add(regime);
        await db.SaveChangesAsync(cancellationToken);
        return LocalRegimeView.Of(regime);
    }

    public async Task<LocalRegimeView> Handle(ReviseLocalRegime request, CancellationToken cancellationToken)
    {
        var known = await timescales.ReadFresh(cancellationToken);
        var regime = await db.LocalRegimes.SingleOrDefaultAsync(r => r.Code == request.Id, cancellationToken) ?? throw new NotFoundException("local regime");
        regime.MustBeAt(request.ExpectedVersion);
        regime.Revise(request.Definition, request.Source!.Trim(), Trimmed(request.SourceAddress), known.Calculator.Regimes, clock.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return LocalRegimeView.Of(regime);
    }

    public async Task<LocalRegimeView> Handle(FindLocalRegime request, CancellationToken cancellationToken) =>
        LocalRegimeView.Of((await timescales.Read(cancellationToken)).LocalRegimes.SingleOrDefault(r => r.Code == request.Id) ?? throw new NotFoundException("local regime"));

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
