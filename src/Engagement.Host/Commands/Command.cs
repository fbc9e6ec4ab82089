namespace Engagement.Host.Commands;

/// <param name="Name">With its hyphens, such as <c>--port</c>.</param>
/// <param name="Value">What stands after it, such as <c>N</c>; null for a switch.</param>
internal sealed record Option(string Name, string? Value, string Meaning);

/// <summary>One command of the program.</summary>
/// <param name="Words">Such as <c>["client", "create"]</c>.</param>
internal sealed record Command(string[] Words, string Summary, IReadOnlyList<Option> Options, Func<Options, Task<int>> Run)
{
    public string Help() =>
        $"""
        engagement {string.Join(' ', Words)}: {Summary}

        {string.Join(Environment.NewLine, Options.Select(o => $"  {o.Name + (o.Value is null ? "" : " " + o.Value),-28}{o.Meaning}"))}
        """;
}

/// <summary>The options of one call, each known and given at most once.</summary>
internal sealed class Options
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public string? this[string name] => values.GetValueOrDefault(name);

    public bool Has(string name) => values.ContainsKey(name);

    /// <exception cref="UsageException">The option is missing.</exception>
    public string Required(string name) => this[name] ?? throw new UsageException($"{name} is missing.");

    /// <exception cref="UsageException">Not a whole number in the range.</exception>
    public int? Number(string name, int least, int most) => this[name] is not { } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new UsageException($"{name} takes a whole number from {least} to {most}, not '{text}'.");

    /// <exception cref="UsageException">An option that the command does not take, one without its value, or one given twice.</exception>
    public static Options Parse(string[] arguments, IReadOnlyList<Option> known)
    {
        var result = new Options();
        for (var i = 0; i < arguments.Length; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var n, var v] ? (n, v) : (arguments[i], (string?)null);
            var option = known.FirstOrDefault(o => o.Name == name) ?? throw new UsageException($"'{name}' is not an option of this command.");
            if (option.Value is null)
            {
                value = "";
            }
            else if (value is null)
            {
                value = ++i < arguments.Length ? arguments[i] : throw new UsageException($"{name} needs a value: {name} {option.Value}.");
            }

            if (!result.values.TryAdd(name, value))
            {
                throw new UsageException($"{name} is given twice.");
            }
        }

        return result;
    }
}

/// <summary>The command line was not understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
