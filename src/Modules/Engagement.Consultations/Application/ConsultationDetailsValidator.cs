using Engagement.Consultations.Domain;
using Engagement.Consultations.Domain.Timescales;
using FluentValidation;

namespace Engagement.Consultations.Application;

internal sealed class ConsultationDetailsValidator : AbstractValidator<ConsultationDetails>
{
    private const int LongText = 10_000;
    private const int MostEvents = 30;

    public ConsultationDetailsValidator(ConsultationsOptions options)
    {
        RuleFor(d => d.Title).NotEmpty().WithMessage("Enter a title").IsText(200).Must(t => t?.Contains('\n', StringComparison.Ordinal) != true).WithMessage("A title is one line");
        RuleFor(d => d.Summary).NotEmpty().WithMessage("Say in plain words what it is about").IsText(LongText);
        RuleFor(d => d.WhyNow).IsText(LongText);
        RuleFor(d => d.WhoDecides).IsText(LongText);
        RuleFor(d => d.WhatHappensNext).IsText(LongText);
        RuleFor(d => d.WhatCanChange).IsText(LongText);
        RuleFor(d => d.WhatCannotChange).IsText(LongText);
        RuleFor(d => d.HowAnswersCount).IsText(LongText);
        RuleFor(d => d.PrivacyNotice).IsText(LongText);
        RuleFor(d => d.PrivacyContact).IsText(500);
        RuleFor(d => d.OfflineRoute).IsText(2_000);
        RuleFor(d => d.AlternativeFormats).IsText(500);
        RuleFor(d => d.EasyReadDocument).IsText(120);
        RuleFor(d => d.EasyReadWaiver).IsText(2_000)
            .Must((d, waiver) => string.IsNullOrWhiteSpace(waiver) || string.IsNullOrWhiteSpace(d.EasyReadDocument)).WithMessage("Name the Easy Read version or say why there is none, not both");
        RuleFor(d => d.Regimes)
            .Must(r => r.Count <= CalculateTimetable.MostRegimes).WithMessage($"Name {CalculateTimetable.MostRegimes} regimes or fewer")
            .Must(r => r.All(id => !string.IsNullOrWhiteSpace(id))).WithMessage("Each regime is the id of one, such as tro-permanent")
            .Must(r => r.Distinct(StringComparer.Ordinal).Count() == r.Count).WithMessage("Name each regime once");
        RuleFor(d => d.Inputs).Cascade(CascadeMode.Stop)
            .Must(i => i.Count <= CalculateTimetable.MostInputs).WithMessage($"Give {CalculateTimetable.MostInputs} inputs or fewer")
            .Must(i => !i.ContainsKey(TimetableInputs.Opens) && !i.ContainsKey(TimetableInputs.Closes)).WithMessage("Leave opens and closes out of the inputs: they are taken from the period")
            .Custom((inputs, context) => TimetableInputs.Read(inputs, (name, reason) => context.AddFailure($"Inputs.{name}", reason)));
        RuleFor(d => d.Opens).IsMoment(options.TimeStep);
        RuleFor(d => d.Closes).IsMoment(options.TimeStep);
        RuleFor(d => d.OutcomeDueWeeks).InclusiveBetween(1, 104).WithMessage("The outcome is due from 1 to 104 weeks after the last day");
        RuleFor(d => d.AnswerThreshold.Responses).GreaterThanOrEqualTo(1).WithMessage("Count from 1 response").OverridePropertyName("AnswerThreshold.Responses");
        RuleFor(d => d.AnswerThreshold.Share).Must(s => s is null or (> 0 and <= 1)).WithMessage("A share is more than 0 and at most 1, such as 0.05 for 5%").OverridePropertyName("AnswerThreshold.Share");
        RuleFor(d => d.EqualityAnswers).IsInEnum();
        RuleFor(d => d.Topics).IsListOfWords();
        RuleFor(d => d.Areas).IsListOfWords();
        RuleFor(d => d.Audiences).IsListOfWords();
        RuleFor(d => d.Events).Must(e => e.Count <= MostEvents).WithMessage($"Give {MostEvents} events or fewer");
        RuleForEach(d => d.Events).SetValidator(new PublicEventValidator());
    }
}

internal sealed class PublicEventValidator : AbstractValidator<PublicEvent>
{
    public PublicEventValidator()
    {
        RuleFor(e => e.Title).NotEmpty().WithMessage("Enter what the event is called").IsText(200);
        RuleFor(e => e.Where).NotEmpty().WithMessage("Say where the event is, or how to join it").IsText(500);
        RuleFor(e => e.Starts).IsMoment(TimeSpan.FromMinutes(1));
        RuleFor(e => e.Ends!).IsMoment(TimeSpan.FromMinutes(1)).When(e => e.Ends is not null);
        RuleFor(e => e.Ends).Must((e, ends) => ends is null || !IsBefore(ends, e.Starts)).WithMessage("The event must end after it starts");
        RuleFor(e => e.HowToBook).IsText(500);
        RuleFor(e => e.Access).IsText(500);
    }

    private static bool IsBefore(UkMoment ends, UkMoment starts) =>
        ends.Date < starts.Date || (ends.Date == starts.Date && (ends.Time ?? TimeOnly.MaxValue) <= (starts.Time ?? TimeOnly.MinValue));
}

internal static class TextRules
{
    /// <summary>Not too long, and nothing but letters, signs and line breaks in it.</summary>
    public static IRuleBuilderOptions<T, string?> IsText<T>(this IRuleBuilder<T, string?> rule, int maximum) => rule
        .Must(t => t is null || t.Length <= maximum).WithMessage($"Use {maximum} characters or fewer")
        .Must(t => t is null || !t.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))).WithMessage("Remove the control characters");

    /// <summary>A reason that the public sees.</summary>
    public static IRuleBuilderOptions<T, string?> IsPublicReason<T>(this IRuleBuilder<T, string?> rule) => rule
        .NotEmpty().WithMessage("Say why, in words for the public")
        .IsText(2_000);

    public static IRuleBuilderOptions<T, UkMoment> IsMoment<T>(this IRuleBuilder<T, UkMoment> rule, TimeSpan step) => rule
        .Must(m => m.Date >= TimetableInputs.FirstDate && m.Date <= TimetableInputs.LastDate).WithMessage($"Choose a date from {TimetableInputs.FirstDate.Year} to {TimetableInputs.LastDate.Year}")
        .Must(m => m.Time is null || m.Time.Value.Ticks % step.Ticks == 0).WithMessage(step == TimeSpan.FromMinutes(1) ? "Give the time to the minute, such as 12:00" : $"Give a time that is a whole multiple of {step:c}")
        .Must(m => m.Time is not null || m.Second is null).WithMessage("Say which of two equal times only where you give a time");

    public static IRuleBuilderOptions<T, IReadOnlyList<string>> IsListOfWords<T>(this IRuleBuilder<T, IReadOnlyList<string>> rule) => rule
        .Must(l => l.Count <= 50).WithMessage("Give 50 entries or fewer")
        .Must(l => l.All(w => !string.IsNullOrWhiteSpace(w) && w.Length <= 100 && !w.Any(char.IsControl))).WithMessage("Each entry has 1 to 100 characters");
}
