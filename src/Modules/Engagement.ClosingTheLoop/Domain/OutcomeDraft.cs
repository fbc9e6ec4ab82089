using System.Security.Cryptography;
using System.Text;
using Engagement.ClosingTheLoop.Contracts;

namespace Engagement.ClosingTheLoop.Domain;

/// <summary>What became of a theme.</summary>
public enum Disposition
{
    Adopted,
    PartlyAdopted,
    NotAdopted,
    OutOfScope,
    AlreadyPlanned,
}

/// <summary>The council's answer to one theme, as far as it is written.</summary>
/// <param name="Asked">We asked; empty while unwritten.</param>
/// <param name="Said">You said; empty while unwritten.</param>
/// <param name="Disposition">Null while undecided.</param>
/// <param name="Did">We did, or will do.</param>
/// <param name="Reason">Why not, or why only partly.</param>
/// <param name="Quotations">Cleared quotations shown with it.</param>
public sealed record ThemeAnswer(
    ThemeId ThemeId,
    string Asked = "",
    string Said = "",
    Disposition? Disposition = null,
    string? Did = null,
    string? Reason = null,
    IReadOnlyList<QuotationId>? Quotations = null)
{
    private const char Separator = '\u001F';

    internal bool IsBlank => Disposition is null && Quotations is not { Count: > 0 }
        && string.IsNullOrWhiteSpace(Asked) && string.IsNullOrWhiteSpace(Said) && string.IsNullOrWhiteSpace(Did) && string.IsNullOrWhiteSpace(Reason);

    /// <summary>Names what one answer says, so that whoever changes it says what they had read: 16 hexadecimal digits, or <c>none</c> where there is no answer.</summary>
    internal static string TagOf(ThemeAnswer? answer) => answer is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        Separator, [answer.Asked, answer.Said, answer.Disposition?.ToString() ?? "", answer.Did ?? "", answer.Reason ?? "", .. (answer.Quotations ?? []).Select(q => q.ToString())]))))[..16];
}

/// <summary>An outcome as it is being written.</summary>
/// <param name="Themes">In the order shown.</param>
internal sealed record OutcomeDraft(string Introduction, IReadOnlyList<ThemeAnswer> Themes, string? WhatHappensNext)
{
    public OutcomeDraft Without(ThemeId theme) => this with { Themes = [.. Themes.Where(t => t.ThemeId != theme)] };
}

/// <param name="Id">Null for a new promise.</param>
/// <param name="DueOn">The UK date by which it is to be done.</param>
/// <param name="Owner">Who answers for it: a role or a name.</param>
public sealed record CommitmentText(string Text, DateOnly DueOn, string Owner, CommitmentId? Id = null);
