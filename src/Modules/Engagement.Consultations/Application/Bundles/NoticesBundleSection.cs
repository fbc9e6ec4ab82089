using System.Globalization;
using Engagement.Consultations.Application.Notices;
using Engagement.Consultations.Contracts;
using Engagement.Consultations.Domain;
using Engagement.Kernel;
using Engagement.Platform.Bundles;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Engagement.Consultations.Application.Bundles;

/// <summary>
/// Each notice with the law that demands it, what really happened and every proof byte for byte; whom the council asked in person and what
/// passed between them. Redacted without their names and what they sent: they may be people.
/// </summary>
internal sealed class NoticesBundleSection(IConsultationsDb db, IMediator mediator) : IBundleSection
{
    private const string Redacted = "[redacted]";

    public string Folder => "04-notices";

    public string Title => "Notices and consultees";

    public async Task WriteAsync(BundleSection bundle, CancellationToken cancellationToken)
    {
        var id = new ConsultationId(bundle.Consultation);
        var notices = await mediator.Send(new ListNotices(id), cancellationToken);
        var consultees = await mediator.Send(new ListConsultees(id), cancellationToken);
        await bundle.AddJsonAsync("notices.json", "Notices, what really happened, and what it means for the timetable", notices, cancellationToken);
        bundle.Page.Heading("Notices");
        bundle.Page.Paragraph("What the law or officers asked to be made public, by when, and what really happened.");
        bundle.Page.Table(
            "Notices",
            ["Notice", "Where", "Last day in time", "Law", "Working", "State", "Published on", "Remarks"],
            notices.Notices.Select(IReadOnlyList<BundleText> (n) =>
                [n.What, n.Where, Spelt(n.DueOn), n.Citation, n.Working, n.State.ToString(), Spelt(n.PublishedOn), n.NotApplicableReason ?? n.WhatWasWrong]));
        if (notices.Effect is { } effect)
        {
            bundle.Page.Table(
                "Dates that moved by what really happened",
                ["Date", "As recorded", "By what really happened", "Law", "Working"],
                effect.Moved.Select(IReadOnlyList<BundleText> (m) => [$"{m.Label} ({m.Regime}/{m.Key})", Spelt(m.Was), Spelt(m.Is), m.Citation, m.Working]));
            bundle.Page.Facts(("Days that the closing date is too early by it", effect.ShortByDays), ("First last day that would do", effect.CuredBy is { } day ? UkTime.Spell(day) : null));
        }

        await WriteConsultees(bundle, consultees, cancellationToken);
        await WriteProofs(
            bundle,
            [
                .. notices.Notices.SelectMany(n => n.Proofs.Select(p => (About: n.What, Proof: p, IsShown: true))),
                .. consultees.Consultees.SelectMany(c => c.Proofs.Select(p => (About: bundle.InFull ? c.Name : "A consultee", Proof: p, IsShown: bundle.InFull))),
            ],
            cancellationToken);
        bundle.Page.List([BundleText.Link("notices.json", "Notices as JSON"), BundleText.Link("consultees.json", "Consultees as JSON")]);
    }

    private static async Task WriteConsultees(BundleSection bundle, ConsulteesView found, CancellationToken cancellationToken)
    {
        ConsulteeView[] shown = [.. found.Consultees.Select(c => bundle.InFull ? c : c with
        {
            Name = Redacted,
            AnswerReference = c.AnswerReference is null ? null : Redacted,
            Proofs = [.. c.Proofs.Select(p => p with { Name = Redacted })],
        })];
        await bundle.AddJsonAsync("consultees.json", "Whom the council asked in person", shown, cancellationToken);
        bundle.Page.Heading("Consultees");
        bundle.Page.Paragraph("Whom the council asked in person. Whom it wrote to is not in a bundle.");
        bundle.Page.Table(
            "Consultees",
            ["Consultee", "Named by", "State", "Notified on", "How", "Delivered on", "Chased on", "Answered on", "The answer", "Set aside because"],
            shown.Select(IReadOnlyList<BundleText> (c) =>
            [
                c.Name,
                c.Regime ?? "An officer",
                c.State.ToString(),
                Spelt(c.NotifiedOn),
                c.How,
                Spelt(c.DeliveredOn),
                string.Join('\n', c.ChasedOn.Select(UkTime.Spell)),
                Spelt(c.AnsweredOn),
                c.AnswerReference,
                c.NotApplicableReason,
            ]));
    }

    private async Task WriteProofs(BundleSection bundle, IReadOnlyList<(string About, ProofView Proof, bool IsShown)> proofs, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyList<BundleText>>();
        foreach (var (about, proof, isShown) in proofs.OrderBy(p => p.Proof.AddedAt).ThenBy(p => p.Proof.Id.Value))
        {
            BundleText file = !isShown ? Redacted : "–";
            if (isShown && proof.Sha256 is not null)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"proof-{rows.Count + 1}.{DocumentFormat.ByName(proof.Name)?.Extension ?? "bin"}");
                var content = await db.ProofContents.AsNoTracking().Where(c => c.ProofId == proof.Id).Select(c => c.Bytes).SingleAsync(cancellationToken);
                await bundle.AddAsync(name, $"Proof: {about}", stream => stream.WriteAsync(content, cancellationToken).AsTask(), isOnRecord: true, cancellationToken);
                file = BundleText.Link(name, name);
            }

            rows.Add([about, proof.Kind.ToString(), isShown ? proof.Name : Redacted, proof.AddedBy, UkTime.SpellInstant(proof.AddedAt), file, proof.Sha256]);
        }

        bundle.Page.Heading("Proofs");
        bundle.Page.Paragraph("The sums are those that the history holds since each was added.");
        bundle.Page.Table("What shows it", ["Of what", "Kind", "Name or address", "Added by", "Added at", "File", "SHA-256"], rows);
    }

    private static string Spelt(DateOnly? date) => date is { } day ? UkTime.Spell(day) : "–";
}
