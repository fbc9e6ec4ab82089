namespace Engagement.Kernel;

/// <summary>The actor may not do this: the API answers 403 with the code.</summary>
/// <param name="code"><c>insufficient-scope</c>, <c>not-your-team</c>, <c>officers-only</c>, or <c>second-approver-required</c> where whoever wrote a thing tried to approve it.</param>
public sealed class ForbiddenException(string code, string message) : Exception(message)
{
    public const string InsufficientScope = "insufficient-scope";
    public const string SecondApproverRequired = "second-approver-required";

    public string Code { get; } = code;

    public static ForbiddenException NotHere(string scope) => new(
        "not-your-team",
        $"You have the right {scope} for some teams or engagements only, and this belongs to none of them. Ask somebody of its team, or an administrator.");

    public static ForbiddenException OfficersOnly() => new("officers-only", "Only an officer who has signed in can do this. Sign in and try again.");

    public static ForbiddenException Lacks(string scope) => new(InsufficientScope, $"This needs the scope {scope}. Ask an administrator to give it to you or your client.");
}
