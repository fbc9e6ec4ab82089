using System.Globalization;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>Every version of every paper, byte for byte, with the days on which it was shown.</summary>
internal sealed class DocumentsBundleSection(IConsultationsDb db) : IBundleSection
{
    public string Folder => "05-documents";

    public string Title => "Documents";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var consultation = await db.Load(new ConsultationId(bundle.Consultation), cancellationToken);
        var rows = new List<IReadOnlyList<BundleText>>();
        foreach (var (number, paper) in consultation.Documents.GroupBy(d => d.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Index())
        {
            foreach (var document in paper.OrderBy(d => d.Version))
            {
                // The name that somebody typed stands on the page; the file has one that no system can take amiss.
                var name = string.Create(CultureInfo.InvariantCulture, $"document-{number + 1}-version-{document.Version}.{DocumentFormat.ByName(document.Name)?.Extension ?? "bin"}");
                var content = await db.DocumentContents.AsNoTracking().Where(c => c.DocumentId == document.Id).Select(c => c.Bytes).SingleAsync(cancellationToken);
                await bundle.AddAsync(name, $"{document.Name}, version {document.Version}", stream => stream.WriteAsync(content, cancellationToken).AsTask(), isOnRecord: true, cancellationToken);
                rows.Add([
                    document.Name,
                    document.Version,
                    UkTime.SpellInstant(document.AddedAt),
                    document.PublicFrom is { } from ? UkTime.SpellInstant(from) : "–",
                    document.RetiredAt is { } retired ? UkTime.SpellInstant(retired) : "–",
                    document.LateReason is { } late ? $"{late} ({document.DaysLeft} days were left to read it)" : "–",
                    BundleText.Link(name, name),
                    document.Sha256,
                ]);
            }
        }

        bundle.Page.Paragraph("Every version of every paper, those that were replaced or removed before the opening too. The sums are those that the history holds since each was added. This is the disclosure log too: what the public could read stays readable from then on.");
        bundle.Page.Table("Versions of the papers", ["Paper", "Version", "Added at", "Public from", "Replaced or removed at", "Came late because", "File", "SHA-256"], rows);
    }
}
