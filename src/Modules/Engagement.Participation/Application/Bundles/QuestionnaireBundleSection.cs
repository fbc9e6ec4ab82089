using System.Globalization;
using System.Text;
using Engagement.Consultations.Contracts;
using Engagement.Kernel;
using Engagement.Participation.Domain.Questions;
using Engagement.Platform.Bundles;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Participation.Application.Bundles;

/// <summary>Every version of the questionnaire, byte for byte as its digest covers it.</summary>
internal sealed class QuestionnaireBundleSection(IParticipationDb db) : IBundleSection
{
    public string Folder => "06-questionnaire";

    public string Title => "Questionnaire";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        if (await db.Questionnaires.AsNoTracking().SingleOrDefaultAsync(q => q.ConsultationId == id, cancellationToken) is not { } questionnaire)
        {
            bundle.Page.Paragraph("No questionnaire has been written.");
            return;
        }

        bundle.Concerns(questionnaire.Id, "The questionnaire");
        var answered = await db.Forms.Where(f => f.ConsultationId == id).Select(f => f.QuestionnaireVersion).SingleOrDefaultAsync(cancellationToken);
        var rows = new List<IReadOnlyList<BundleText>>();
        QuestionnaireContent? shown = null;
        for (var number = 1; number <= questionnaire.LatestVersion; number++)
        {
            var version = await db.QuestionnaireVersions.AsNoTracking().SingleAsync(v => v.ConsultationId == id && v.Number == number, cancellationToken);
            var name = string.Create(CultureInfo.InvariantCulture, $"version-{number}.json");
            await bundle.AddAsync(
                name,
                $"Version {number} of the questionnaire",
                stream => stream.WriteAsync(Encoding.UTF8.GetBytes(version.ContentJson), cancellationToken).AsTask(),
                isOnRecord: true,
                cancellationToken);
            rows.Add([BundleText.Link(name, $"Version {number}"), UkTime.SpellInstant(version.CreatedAt), number == answered ? "Yes" : "No", version.Digest]);
            shown = number == answered || answered is null ? version.Content() : shown;
        }

        bundle.Page.Paragraph("A version is never changed; an edit makes the next one. The sums are those that the history holds and that an approver approved.");
        bundle.Page.Table("Versions", ["Version", "Saved at", "Approved, and the one that was answered", "SHA-256"], rows);
        if (shown is not null)
        {
            bundle.Page.Heading(answered is { } approved ? $"The questions of version {approved}" : "The questions as they stand");
            bundle.Page.Table(
                "Questions in the order asked",
                ["Code", "Question", "Kind", "Must be answered", "Options"],
                shown.Questions.Select(IReadOnlyList<BundleText> (q) =>
                [
                    q.Code,
                    q.Hint is null ? q.Text : $"{q.Text}\n{q.Hint}",
                    QuestionnaireContent.NameOf(q.Type),
                    q.Required ? "Yes" : "No",
                    string.Join('\n', q.Choices().Select(o => $"{o.Code}: {o.Label}")),
                ]));
        }
    }
}
