using System.Globalization;
using System.Text.Json;
using Engagement.Kernel;

namespace Engagement.Host.Pages.Admin.Record;

/// <summary>What an entry of the history says, in plain English. Every event that a module can write down has a sentence.</summary>
internal static class EventSentences
{
    private static readonly Dictionary<string, Func<EventFacts, string>> Known = new(StringComparer.Ordinal)
    {
        // Engagements
        ["EngagementCreated"] = f => $"Engagement {f["reference"]} created{(f["state"] == "Idea" ? " as an idea" : "")}",
        ["PlanEdited"] = f => $"Plan changed: {Fields(f.Names("changes"))}{(f.IsTrue("approvalVoided") ? ". The approval no longer holds" : "")}",
        ["PlanSubmitted"] = f => $"Version {f["planVersion"]} of the plan submitted for review",
        ["PlanReviewed"] = f => $"{f["kind"]} {(f["verdict"] == "Approve" ? "approved" : "asked for changes to")} version {f["planVersion"]} of the plan",
        ["CheckWaived"] = f => $"Check waived for version {f["planVersion"]} of the plan: {Words(f["check"])}",
        ["EngagementApproved"] = f => $"Version {f["planVersion"]} of the plan approved{Waived(f.Count("waived"))}",
        ["EngagementCancelled"] = _ => "Engagement cancelled",
        ["ActivityRecorded"] = f => $"Activity recorded: {f["title"]}, which reached {f.Number("reach")} people",
        ["SuccessCriterionScored"] = f => $"Success measured ({Words(f["criterion"])}): {f["after"]}, target {(f.IsTrue("met") ? "met" : "not met")}",
        ["EngagementEvaluated"] = _ => "Engagement evaluated",
        ["ConsultationProgressed"] = f => $"Consultation reached a new stage: {Split(f["stage"])}",
        ["ConsultationLeftOut"] = _ => "Consultation withdrawn, so the engagement goes on without it",
        ["EngagementGivenToTeams"] = f => f.Count("teams") == 0 ? "Engagement given to the whole council" : $"Engagement given to {(f.Count("teams") == 1 ? "one team" : $"{f.Count("teams")} teams")}",
        ["EngagementMoved"] = f => $"Engagement moved from {Split(f["from"])} to {Split(f["to"])}",

        // Consultations
        ["ConsultationDrafted"] = f => $"Consultation drafted: {f.In("details", "title")}",
        ["ConsultationEdited"] = f => $"Consultation changed: {Fields(f.Members("changes"))}",
        ["ConsultationContentChanged"] = f => $"Consultation's {f["changed"]} changed",
        ["DocumentAdded"] = f => $"Document added: {f["name"]} (version {f["documentVersion"]})",
        ["DocumentAddedLate"] = f => $"Document added while people were answering: {f["name"]} (version {f["documentVersion"]}), with days left to read it: {f.Number("daysLeft")}",
        ["DateRecorded"] = f => $"On record as it really happened ({Words(f["input"]).Replace('_', ' ')}): {f.Day("on")}",
        ["NoticeCorrected"] = f => $"Correction of a notice published: {f["what"]}",
        ["DocumentRemoved"] = f => $"Document removed: {f["name"]}",
        ["ConsultationSubmitted"] = f => $"Consultation put forward for approval, to open {f.Moment("opensAt")} and close at {f.Deadline("closesAt")}",
        ["ConsultationApproved"] = f => $"Consultation approved, to open {f.Moment("opensAt")}",
        ["ConsultationApprovalLapsed"] = f => $"Consultation needs approval again, because of a change to: {f["changed"]}",
        ["ConsultationOpened"] = f => $"Consultation opened until {f.Deadline("closesAt")}",
        ["ExtensionProposed"] = f => $"Later deadline proposed: {f.Deadline("newClosesAt")}",
        ["ConsultationExtended"] = f => $"Deadline extended to {f.Deadline("closesAt")}",
        ["ConsultationClosing"] = _ => "Deadline passed, and the last responses under way were let in",
        ["ConsultationClosed"] = f => $"Consultation closed with {f.Number("responseCount")} responses",
        ["ConsultationTakenUpForConsideration"] = _ => "Responses taken up for consideration",
        ["ConsultationDecided"] = f => $"Decision taken by {f["body"]}",
        ["ConsultationAnswered"] = f => $"Outcome published (version {f["outcomeVersion"]})",
        ["NoticesDemanded"] = f => $"Notices follow the regimes and dates: {f.Count("added")} added, {f.Members("moved").Count} moved, {f.Count("dropped")} dropped",
        ["NoticeAdded"] = f => $"Notice added by an officer: {f["what"]}",
        ["NoticePlanned"] = f => $"Notice planned: {f["what"]}",
        ["NoticePublished"] = f => $"Notice published on {f.Day("publishedOn")}: {f["what"]}",
        ["ProofAdded"] = f => $"Proof added: {f["name"]}",
        ["NoticeSetAside"] = f => $"Notice set aside as not applicable: {f["what"]}",
        ["NoticeTakenUp"] = f => $"Notice put back among the tasks: {f["what"]}",
        ["NoticeCorrectionBegun"] = f => $"Correction of a notice begun: {f["what"]}{(f.IsTrue("restartsTime") ? "; time runs anew from it" : "")}",
        ["EarliestCloseMoved"] = f => f.Day("to") == EventFacts.Missing ? "Earliest lawful last day as planned again" : $"Earliest lawful last day by what really happened: {f.Day("to")}{(f.Number("shortByDays") == "0" ? "" : $", later than the closing date by days: {f.Number("shortByDays")}")}",
        ["ConsulteesDemanded"] = f => $"Consultees follow the regimes: {f.Count("added")} added, {f.Count("dropped")} dropped",
        ["ConsulteeAdded"] = _ => "Consultee added by an officer",
        ["ConsulteeDescribed"] = _ => "Consultee described",
        ["ConsulteeRecorded"] = f => $"Consultee on record: {Split(f["step"])} on {f.Day("on")}",
        ["ConsulteeSetAside"] = _ => "Consultee set aside as not applicable",
        ["NextRoundDrafted"] = f => $"Asked again: round {f["round"]} drafted",
        ["ConsultationRestarted"] = f => $"Round {f["round"]} of a consultation that was asked before",
        ["ConsultationWithdrawn"] = _ => "Consultation withdrawn",
        ["BundleRecorded"] = f => $"Challenge bundle made {(f.IsTrue("inFull") ? "in full" : "with people’s own words left out")}. SHA-256 of its manifest: {f["manifestDigest"]}",
        ["CalendarEntryRecorded"] = f => $"Calendar: {f["title"]} recorded, {f.Day("firstDay")} to {f.Day("lastDay")}",
        ["CalendarEntryWithdrawn"] = f => $"Calendar: {f["title"]} withdrawn",
        ["TimetableFoundMoved"] = f => $"Calendar changed since the timetable was recorded, which moves {(f.Count("dates") == 1 ? "one date" : $"{f.Count("dates")} dates")}{(f.IsTrue("stillLawful") ? "" : " and makes the announced dates unlawful")}",
        ["TimetableTakenOver"] = _ => "Timetable recorded anew by the calendar as it is now; opening and close stay",
        ["DateFeedOpened"] = _ => "Address of the dates made for an officer's own calendar",
        ["DateFeedClosed"] = _ => "Address of the dates in an officer's own calendar ended",
        ["LocalRegimeAdded"] = f => $"Local regime added: {f["name"]}",
        ["LocalRegimeRevised"] = f => $"Local regime changed: {f["name"]}",
        ["EvidenceAdded"] = f => $"Evidence added: {Words(f["practice"])}",
        ["PracticesJudged"] = f => $"Principles and practices judged {(f["stage"] == "Publication" ? "before publication" : "at the decision")}: {f.Count("judgements")}",
        ["CheckpointSigned"] = f => $"Checkpoint signed: {Split(f["kind"])}",
        ["MidPointReviewed"] = f => $"Mid-point review recorded: {Split(f["choice"])}",

        // Participation
        ["QuestionnaireRevised"] = f => $"Questionnaire saved as version {f["number"]} with {f.Number("questions")} questions",
        ["ResponseFormChanged"] = _ => "Response form follows the consultation's dates and questions",
        ["ResponseFormClosing"] = _ => "Response form closing",
        ["ResponsesSealed"] = f => $"Set of {f.Number("count")} responses sealed",
        ["ResponseEnteredAfterSeal"] = f => $"Response that came in time on {f.Day("receivedOn")} entered after the set was sealed",
        ["LateResponseLogged"] = f => $"Late response logged, received on {f.Day("receivedOn")}",
        ["LateResponseAdmitted"] = _ => "Late response counted by a ruling",
        ["LateResponseRefused"] = _ => "Late response not counted by a ruling",

        // Closing the loop
        ["OutcomePromised"] = f => $"Outcome promised by {f.Day("dueOn")} to the {f.Number("responses")} who responded",
        ["OutcomeDueDateMoved"] = f => $"Outcome promised for {f.Day("to")} instead of {f.Day("from")}",
        ["OwnerReminded"] = f => $"Lead officer reminded that the outcome was due on {f.Day("dueOn")}",
        ["DecisionRecorded"] = f => $"Decision recorded: {f.In("decision", "body")}",
        ["DecisionCorrected"] = f => $"Record of the decision corrected: {f.In("decision", "body")}",
        ["OutcomeDrafted"] = _ => "Outcome's draft saved",
        ["OutcomePublished"] = f => f.IsTrue("closesTheLoop") ? $"Outcome published (version {f["outcomeVersion"]})" : $"What happens next published (version {f["outcomeVersion"]})",
        ["CommitmentProgressed"] = f => $"Commitment updated: {Split(f["status"])}",
        ["ThemeAdded"] = f => $"Theme added: {f["name"]}",
        ["ThemeChanged"] = f => $"Theme changed: {f["name"]}",
        ["ThemesMerged"] = _ => "Themes merged",
        ["ThemeArchived"] = _ => "Theme archived",
        ["ThemeDeleted"] = f => $"Theme deleted: {f["name"]}",
        ["CodingCompleted"] = f => $"Coding completed: {f.Number("freeTexts")} texts under {f.Number("themes")} themes",
        ["CodingReopened"] = _ => "Coding reopened",
        ["ResponseCoded"] = _ => "Response coded",
        ["QuotationProposed"] = _ => "Quotation proposed",
        ["QuotationCleared"] = _ => "Quotation cleared for publication",
        ["QuotationWithdrawn"] = _ => "Quotation withdrawn",

        // Operations
        ["WorkAsked"] = f => $"Long work asked for: {Words(f["kind"])}",
        ["WorkCancelled"] = _ => "Long work stopped",
        ["WorkFileTaken"] = _ => "File of long work downloaded",
        ["DeliveryTriedAgain"] = f => $"Parked event given to {f["subscriber"]} once more",
        ["NotificationsResent"] = f => $"{f.Number("count")} failed messages sent again: {Words(f["kind"])}",

        // Access. Names of officers stand in no event.
        ["OfficerCreated"] = f => $"Officer's account created, with these roles: {f.List("roles")}",
        ["OfficerAssigned"] = f => $"Officer's roles changed to: {f.List("roles")}",
        ["OfficerRenamed"] = _ => "Officer's name changed",
        ["PasswordChanged"] = _ => "Password changed by its officer",
        ["PasswordReset"] = _ => "Password reset by an administrator",
        ["PasswordResetOffered"] = _ => "Link for a new password sent to the officer",
        ["OfficerDisabled"] = _ => "Officer's account disabled",
        ["OfficerEnabled"] = _ => "Officer's account enabled again",
        ["SecondFactorSetUp"] = _ => "Second factor set up",
        ["SecondFactorSwitchedOff"] = _ => "Second factor switched off by its officer",
        ["SecondFactorReset"] = _ => "Second factor reset by an administrator",
        ["RecoveryCodeUsed"] = f => $"Recovery code used, {f.Number("left")} left",
        ["RecoveryCodesReplaced"] = _ => "Recovery codes replaced",
        ["TeamCreated"] = f => $"Team created: {f["name"]}",
        ["TeamChanged"] = f => $"Team changed: {f["name"]}",
        ["TeamClosed"] = _ => "Team closed",
        ["TeamMerged"] = _ => "Team merged into another one",
        ["ApiClientCreated"] = f => $"API client created: {f["name"]}",
        ["ApiClientSecretRotated"] = _ => "API client given another secret",
        ["ApiClientDisabled"] = _ => "API client disabled",
    };

    private static readonly Dictionary<string, string> FieldNames = new(StringComparer.Ordinal)
    {
        ["equalityImpactAssessment"] = "equality impact assessment",
        ["consultationPeriod"] = "planned period",
        ["decisionToInform"] = "decision that it informs",
        ["statutory"] = "whether a law requires it",
    };

    /// <summary>The sentence, without a full stop at its end. An event of a later version of the program is named by its own words.</summary>
    public static string Of(string name, JsonElement data) => Known.TryGetValue(name, out var sentence) ? sentence(new EventFacts(data)) : Split(name);

    public static bool Knows(string name) => Known.ContainsKey(name);

    /// <summary>Names of a plan's or a consultation's members, as people call them.</summary>
    private static string Fields(IReadOnlyList<string> members) => members.Count == 0
        ? "nothing"
        : string.Join(", ", members.Select(m => FieldNames.TryGetValue(m, out var name) ? name : Split(m)));

    private static string Waived(int count) => count switch { 0 => "", 1 => ", with one check waived", _ => string.Create(CultureInfo.InvariantCulture, $", with {count} checks waived") };

    /// <summary>From <c>no-help-refused</c> to <c>no help refused</c>.</summary>
    private static string Words(string key) => key.Replace('-', ' ');

    /// <summary>From <c>AwaitingDecision</c> or <c>whatCanChange</c> to words in lower case.</summary>
    private static string Split(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>Members of an event, as the history keeps them.</summary>
internal readonly record struct EventFacts(JsonElement Data)
{
    /// <summary>Stands for what an older version of the program did not write down.</summary>
    public const string Missing = "(not recorded)";

    public string this[string member] => TextOf(Member(Data, member));

    public string In(string member, string inner) => Member(Data, member) is { ValueKind: JsonValueKind.Object } found ? TextOf(Member(found, inner)) : Missing;

    public bool IsTrue(string member) => Member(Data, member) is { ValueKind: JsonValueKind.True };

    public int Count(string member) => Member(Data, member) is { ValueKind: JsonValueKind.Array } list ? list.GetArrayLength() : 0;

    /// <summary>The members of a list of words.</summary>
    public string List(string member) => Member(Data, member) is { ValueKind: JsonValueKind.Array } list ? string.Join(", ", list.EnumerateArray().Select(e => TextOf(e))) : Missing;

    public string Number(string member) => Member(Data, member) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal().ToString("N0", CultureInfo.InvariantCulture) : Missing;

    public string Day(string member) => Member(Data, member) is { ValueKind: JsonValueKind.String } day && DateOnly.TryParseExact(day.GetString(), "yyyy-MM-dd", out var date) ? UkTime.Spell(date) : Missing;

    public string Deadline(string member) => Instant(member) is { } instant ? UkTime.SpellDeadline(instant) : Missing;

    /// <summary>An opening: the day, and the minute where it is not the day's first.</summary>
    public string Moment(string member) => Instant(member) is not { } instant ? Missing
        : UkTime.StartOf(UkTime.DateOf(instant)) == instant ? $"on {UkTime.Spell(UkTime.DateOf(instant))}"
        : $"at {UkTime.SpellDeadline(instant.AddMinutes(1))}";

    /// <summary>The fields of a list of changes.</summary>
    public IReadOnlyList<string> Names(string member) =>
        Member(Data, member) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(c => TextOf(Member(c, "field")))] : [];

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<string> Members(string member) =>
        Member(Data, member) is { ValueKind: JsonValueKind.Object } found ? [.. found.EnumerateObject().Select(m => m.Name)] : [];

    private DateTimeOffset? Instant(string member) => Member(Data, member) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var instant) ? instant : null;

    private static JsonElement? Member(JsonElement owner, string name) => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var found) ? found : null;

    private static string TextOf(JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => Missing,
    };
}
