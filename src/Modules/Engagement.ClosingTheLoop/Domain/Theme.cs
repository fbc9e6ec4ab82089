using Engagement.ClosingTheLoop.Contracts;
using Engagement.Consultations.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>One entry of a consultation's coding frame: a point that people made in their own words.</summary>
internal sealed class Theme
{
    public const int NameLength = 100;
    public const int DescriptionLength = 1000;

    private Theme()
    {
    }

    internal Theme(ConsultationId consultationId, ThemeId id, ThemeText text)
    {
        ConsultationId = consultationId;
        Id = id;
        Take(text);
    }

    public ConsultationId ConsultationId { get; private init; }

    public ThemeId Id { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>What belongs under it and what does not, for those who code; empty where the name says it.</summary>
    public string Description { get; private set; } = "";

    public ThemeId? ParentId { get; internal set; }

    /// <summary>Its place among its siblings, lowest first; equal places are in the order of the names.</summary>
    public int Position { get; private set; }

    /// <summary>No longer offered to those who code. What was coded with it stays and counts.</summary>
    public bool IsArchived { get; internal set; }

    /// <summary>The theme it became part of; what was coded with it counts there. Never itself a merged theme.</summary>
    public ThemeId? MergedInto { get; internal set; }

    public bool IsOffered => !IsArchived && MergedInto is null;

    internal void Take(ThemeText text)
    {
        Name = text.Name.Trim();
        Description = text.Description.Trim();
        ParentId = text.ParentId;
        Position = text.Position;
    }
}

/// <param name="ParentId">The theme it stands under; null at the top.</param>
internal sealed record ThemeText(string Name, string Description, ThemeId? ParentId, int Position);
