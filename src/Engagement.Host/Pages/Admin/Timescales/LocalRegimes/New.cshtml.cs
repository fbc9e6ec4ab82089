using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Engagement.Consultations.Application.LocalRegimes;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Timescales.LocalRegimes;

/// <summary>The usual local regime by a form: a period, and time to consider. The API takes any that the program could hold itself.</summary>
[Authorize("administration:write")]
public sealed class NewModel(IMediator mediator) : PageModel
{
    private const int LongestNumber = 400;

    [BindProperty]
    public string? Name { get; set; }

    /// <summary>Without <c>local-</c>.</summary>
    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public string? Decided { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Unit { get; set; } = "week";

    [BindProperty]
    public string? DaysToConsider { get; set; }

    [BindProperty]
    public DateInput From { get; set; } = new();

    [BindProperty]
    public string? Source { get; set; }

    [BindProperty]
    public string? SourceAddress { get; set; }

    public void OnGet()
    {
        // The form begins empty.
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Require(Name, nameof(Name), "Enter a name");
        Require(Code, nameof(Code), "Enter an id, such as libraries");
        Require(Decided, nameof(Decided), "Say what was decided, and by whom");
        var number = ReadNumber(Number, nameof(Number), required: true);
        var consider = ReadNumber(DaysToConsider, nameof(DaysToConsider), required: false);
        var from = From.Read(ModelState, nameof(From), "The day from which it applies");
        if (Unit is not ("day" or "week" or "month"))
        {
            ModelState.AddModelError(nameof(Unit), "Choose days, weeks or months");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        var sent = await this.SendOrShowErrors(
            mediator, new AddLocalRegime(Definition(number!.Value, consider, from), Source, SourceAddress), cancellationToken,
            member => member is "regime-exists" or "local-regime-invalid" ? nameof(Code) : member is nameof(Source) or nameof(SourceAddress) ? member : null);
        if (sent.Value is not { } added)
        {
            return Page();
        }

        this.Done($"{Name!.Trim()} is added. It can be chosen like any other regime.");
        return LocalRedirect($"/admin/regimes/{added.Id}");
    }

    private JsonElement Definition(int number, int? consider, DateOnly? from)
    {
        var cite = Decided!.Trim();
        JsonArray steps =
        [
            Step("promised_close", "Earliest last day that this council has promised", "bw", number, Unit!, "opens", "last_day_min", cite, null),
            .. consider is { } days ? [Step("considered", "Earliest day of the decision that this council has promised", "clear_after", days, "day", "closes", "earliest", cite, "decision")] : Array.Empty<JsonNode>(),
        ];
        var words = $"{number.ToString(CultureInfo.InvariantCulture)} {Unit}{(number == 1 ? "" : "s")}";
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["id"] = $"local-{Code!.Trim()}",
            ["name"] = Name!.Trim(),
            ["kind"] = "good-practice",
            ["confidence"] = "verified",
            ["legalBasis"] = new JsonArray(cite),
            ["trigger"] = "The consultation opens.",
            ["minimum"] = $"{words} beginning with the first day{(consider is { } n ? $"; {n.ToString(CultureInfo.InvariantCulture)} clear days to consider" : "")}.",
            ["inputs"] = new JsonArray(Input("opens", "First day for responses", trigger: true), Input("closes", "Last day for responses, as printed"), Input("decision", "Day of the decision")),
            ["steps"] = steps,
            ["check"] = new JsonObject { ["minimum"] = "promised_close" },
            ["versions"] = new JsonArray(from is { } first
                ? new JsonObject { ["change"] = cite, ["from"] = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }
                : new JsonObject { ["change"] = cite }),
        });
    }

    private static JsonObject Input(string name, string label, bool trigger = false) => new() { ["name"] = name, ["label"] = label, ["trigger"] = trigger };

    private static JsonObject Step(string key, string label, string op, int n, string unit, string source, string kind, string cite, string? actual)
    {
        var step = new JsonObject
        {
            ["key"] = key, ["label"] = label, ["op"] = op, ["n"] = n, ["unit"] = unit, ["from"] = new JsonArray(source), ["kind"] = kind, ["cite"] = cite, ["confidence"] = "verified",
        };
        if (actual is not null)
        {
            step["actual"] = actual;
        }

        return step;
    }

    private void Require(string? text, string key, string message)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            ModelState.AddModelError(key, message);
        }
    }

    private int? ReadNumber(string? text, string key, bool required)
    {
        if (string.IsNullOrWhiteSpace(text) && !required)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LongestNumber)
        {
            return number;
        }

        ModelState.AddModelError(key, $"Enter a whole number from 1 to {LongestNumber}");
        return null;
    }
}
