using System.Globalization;
using System.Text.Json;
using Engagement.Consultations.Application;
using Engagement.Host.Pages.Admin.Consultations;
using MediatR;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Engagement.Host.Pages.Admin.Timescales;

/// <summary>
/// Dates under some regimes without a consultation. Everything that was typed stands in the address, so that it can be kept, sent to a
/// colleague and opened again; nothing is stored.
/// </summary>
public abstract class CalculatorPage(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public List<string?> Regime { get; set; } = [];

    [BindProperty(SupportsGet = true)]
    public DateInput Opens { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public DateInput Closes { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public string? ClosesTime { get; set; }

    [BindProperty(SupportsGet = true)]
    public List<InputField> Inputs { get; set; } = [];

    public IReadOnlyList<RegimeView> All { get; private set; } = [];

    /// <summary>Each once, in the order in which they were chosen; what is no regime is left out.</summary>
    public IReadOnlyList<RegimeView> Chosen { get; private set; } = [];

    public TimeOnly? ClosingTime { get; private set; }

    protected IMediator Mediator { get; } = mediator;

    /// <summary>The address of this calculation with one query value more or less.</summary>
    public string AddressWith(string page, Func<string, string?, bool>? keep = null, params (string Name, string Value)[] more)
    {
        var query = new QueryBuilder();
        foreach (var (name, values) in Request.Query)
        {
            foreach (var value in values.Where(v => !string.IsNullOrEmpty(v) && (keep is null || keep(name, v))))
            {
                query.Add(name, value!);
            }
        }

        foreach (var (name, value) in more)
        {
            query.Add(name, value);
        }

        return page + query.ToQueryString();
    }

    /// <summary>Reads regimes and dates, with errors in the model state for what cannot be read.</summary>
    protected async Task<Dictionary<string, JsonElement>> Read(CancellationToken cancellationToken)
    {
        All = await Mediator.Send(new ListRegimes(), cancellationToken);
        Chosen = [.. Regime.Distinct(StringComparer.Ordinal).Select(id => All.FirstOrDefault(r => r.Id == id)).OfType<RegimeView>().Take(CalculateTimetable.MostRegimes)];
        Inputs = [.. InputField.AskedBy(Chosen).Select(f => f.Name == "decision" ? f with { Hint = "To see whether there is time to consider what people say." } : f)
            .Select(field => Inputs.Find(i => i.Name == field.Name) is { } typed ? field with { Date = typed.Date, Text = typed.Text } : field)];
        ClosingTime = TypedTime.Read(ClosesTime, ModelState, nameof(ClosesTime));
        Dictionary<string, JsonElement> inputs = new(StringComparer.Ordinal);
        Put("opens", Opens.Read(ModelState, nameof(Opens), "The opening day"));
        Put("closes", Closes.Read(ModelState, nameof(Closes), "The last day"));
        for (var i = 0; i < Inputs.Count; i++)
        {
            if (Inputs[i].Read(ModelState, Key(i)) is { } value)
            {
                inputs[Inputs[i].Name] = value;
            }
        }

        return inputs;

        void Put(string name, DateOnly? date)
        {
            if (date is { } given)
            {
                inputs[name] = JsonSerializer.SerializeToElement(given);
            }
        }
    }

    /// <summary>From a member of a request, or a rule's code, to the field of the page.</summary>
    protected string? FieldOf(string member) =>
        member.Split('.') is ["Inputs", var name] ? name switch
        {
            "opens" => nameof(Opens),
            "closes" => nameof(Closes),
            _ => Inputs.FindIndex(f => f.Name == name) is var index and >= 0 ? Key(index) : null,
        }
        : GetType().GetProperty(member.Split('.')[^1]) is null ? null : member.Split('.')[^1];

    private string Key(int index) => $"{nameof(Inputs)}[{index.ToString(CultureInfo.InvariantCulture)}].{(Inputs[index].Kind == "date" ? "Date" : "Text")}";
}
