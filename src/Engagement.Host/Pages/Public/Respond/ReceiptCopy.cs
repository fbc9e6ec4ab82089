using System.Text;
using Engagement.Kernel;
using Engagement.Participation.Application.Responses;
using Microsoft.AspNetCore.Mvc;

namespace Engagement.Host.Pages.Public.Respond;

/// <summary>A receipt as a file to keep.</summary>
internal static class ReceiptCopy
{
    public static FileContentResult Of(OwnResponse own, string receipt, AnswersInWords answers) => AsFile(
        answers.AsText(
            $"Your response: {own.Title}",
            $"Reference: {own.Reference}",
            $"Receipt code: {receipt}",
            $"Received at {UkTime.SpellInstant(own.SubmittedAt)}{(own.ChangedAt is { } changed ? $", changed at {UkTime.SpellInstant(changed)}" : "")}",
            $"You can change or withdraw it until {UkTime.SpellDeadline(own.ClosesAt)}. Whoever has the receipt code can do that, so keep it to yourself."),
        $"response-{own.Reference}.txt");

    /// <summary>With a byte order mark, so that every editor reads it as UTF-8.</summary>
    public static FileContentResult AsFile(string text, string name) =>
        new([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(text)], "text/plain; charset=utf-8") { FileDownloadName = name };
}
