namespace Engagement.Build;

/// <param name="Name">With its hyphens.</param>
/// <param name="Value">What stands after it; null for a switch.</param>
internal sealed record ScriptOption(string Name, string? Value, string Meaning);

/// <summary>The options of one call of a program in build/, each known and given at most once.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    /// <exception cref="FormatException">An unknown option, a missing value, or an option given twice.</exception>
    public static Arguments Parse(IReadOnlyList<string> arguments, IReadOnlyList<ScriptOption> known)
    {
        var parsed = new Arguments();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], null);
            var option = known.FirstOrDefault(option => option.Name == name)
                ?? throw new FormatException($"'{name}' is not an option. There are: {string.Join(", ", known.Select(option => option.Name))}, --help.");
            if (option.Value is null && value is not null)
            {
                throw new FormatException($"{name} takes no value.");
            }

            if (option.Value is not null)
            {
                value ??= ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} needs a value: {name} {option.Value}.");
            }

            if (!parsed._values.TryAdd(name, value ?? ""))
            {
                throw new FormatException($"{name} is given twice.");
            }
        }

        return parsed;
    }

    public static string Help(string usage, IReadOnlyList<ScriptOption> options)
    {
        var forms = options.Select(option => option.Value is null ? option.Name : $"{option.Name} {option.Value}").ToArray();
        var width = forms.Max(form => form.Length) + 2;
        return $"{usage}\n\n{string.Join('\n', options.Zip(forms, (option, form) => $"  {form.PadRight(width)}{option.Meaning}"))}";
    }
}
