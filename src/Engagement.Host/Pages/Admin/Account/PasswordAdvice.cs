namespace Engagement.Host.Pages.Admin.Account;

/// <summary>What a form says where somebody chooses a password.</summary>
internal static class PasswordAdvice
{
    public const string Text =
        "At least 12 characters, with spaces if you like. Three or four words that do not belong together are good. Your name, the council's, and passwords that many people use are refused.";
}
