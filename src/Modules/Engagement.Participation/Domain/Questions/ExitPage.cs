namespace Engagement.Participation.Domain.Questions;

/// <summary>
/// Where the form ends early for somebody it is not meant for: why it is not, and what to do instead. Nothing that was answered is sent.
/// </summary>
/// <param name="Title">The page's heading, such as <c>This survey is for people who use the library</c>.</param>
/// <param name="When">By answers on the page that it follows, or on earlier ones.</param>
/// <param name="Text">Why the form is not for this person. Plain text; an empty line begins a paragraph.</param>
/// <param name="NextStep">What the person can do instead.</param>
/// <param name="Link">Where the next step is taken; null where the text says it all.</param>
public sealed record ExitPage(string Title, DisplayCondition When, string Text, string NextStep, ExitLink? Link = null);

/// <param name="Text">What the link says.</param>
/// <param name="Address">Beginning with <c>https://</c>, <c>mailto:</c> or <c>tel:</c>.</param>
public sealed record ExitLink(string Text, string Address)
{
    public const int LongestAddress = 500;

    internal bool IsSafe() => Address.Length <= LongestAddress
        && Uri.TryCreate(Address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeMailto || uri.Scheme == "tel");
}
