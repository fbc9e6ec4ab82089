using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>An outcome as it was published: never changed, only followed by the next version.</summary>
internal sealed class OutcomeVersion
{
    private OutcomeVersion()
    {
    }

    public ConsultationId ConsultationId { get; private init; }

    /// <summary>Counts publications, from 1.</summary>
    public int Number { get; private init; }

    public DateTimeOffset PublishedAt { get; private init; }

    /// <summary>The second person, as in the history.</summary>
    public string PublishedBy { get; private init; } = "";

    /// <summary>What this version corrects and why; null for the first.</summary>
    public string? Reason { get; private init; }

    public PublishedContent Content { get; private init; } = null!;

    public static OutcomeVersion Of(ConsultationId consultationId, int number, PublishedContent content, string publishedBy, string? reason, DateTimeOffset now) => new()
    {
        ConsultationId = consultationId,
        Number = number,
        Content = content,
        PublishedBy = publishedBy,
        Reason = reason,
        PublishedAt = now,
    };
}

/// <summary>The council's own words and figures. Quotations stand in it by id only, so that the words of a participant can still be taken back.</summary>
/// <param name="Responses">Responses in the set when it was published: the base of every count.</param>
internal sealed record PublishedContent(
    string Introduction,
    Decision Decision,
    IReadOnlyList<PublishedTheme> Themes,
    string? WhatHappensNext,
    int Responses,
    IReadOnlyList<PublishedCommitment> Commitments)
{
    /// <summary>False where it says only what happens next although people had answered: then nobody has been told what became of what they said.</summary>
    public bool ClosesTheLoop => Themes.Count > 0 || Responses == 0;
}

/// <param name="RaisedIn">Responses that raise the theme.</param>
internal sealed record PublishedTheme(
    ThemeId Id, string Name, int RaisedIn, string Asked, string Said, Disposition Disposition, string Did, string? Reason, IReadOnlyList<QuotationId> Quotations);

internal sealed record PublishedCommitment(CommitmentId Id, string Text, DateOnly DueOn, string Owner);
