namespace Lightnix.Planning;

/// <summary>One stage for each combination of values: <c>rate=0.1,0.01;depth=3,4</c>, axes and values in the order written.</summary>
sealed record Matrix(ImmutableArray<Matrix.Axis> Axes)
{
    /// <summary>More cells are a mistake, and would take all memory before the author sees why.</summary>
    public const int MostCells = 10_000;

    public sealed record Axis(string Name, ImmutableArray<string> Values);

    public long Count => Axes.Aggregate(1L, (n, axis) => Math.Min(n * axis.Values.Length, int.MaxValue));

    /// <summary>Reads the metadatum; null where it is absent or wrong.</summary>
    /// <param name="whole">False when it is wrong.</param>
    public static Matrix? Read(ItemReader reader, IReadOnlyDictionary<string, string> parameters, out bool whole)
    {
        const string Example = "rate=0.1,0.01;depth=3,4";
        whole = true;
        if (reader.Item.Find(Names.Matrix) is not { } text)
            return null;
        var axes = ImmutableArray.CreateBuilder<Axis>();
        foreach (var entry in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : entry[..equals].TrimEnd();
            var written = entry[(equals + 1)..];
            var values = Escapes.List(written, ',');
            if (equals >= 0 && !values.IsEmpty && written.Split(',').Any(string.IsNullOrWhiteSpace))
                whole = reader.Refuse(Names.Matrix, entry,
                    $"a value between two commas, or beside one, is empty; take out the comma, or write the value, as '{Example}'");
            else if (!ParameterName.IsLawful(name) || values.IsEmpty)
                whole = reader.Refuse(Names.Matrix, entry, $"an axis is a name and its values, as '{Example}'");
            else if (axes.Any(a => a.Name == name))
                whole = reader.Refuse(Names.Matrix, entry, $"the axis '{name}' is given twice; put all its values behind one '='");
            else if (parameters.ContainsKey(name))
                whole = reader.Refuse(Names.Matrix, entry,
                    $"'{name}' is in Parameters too, and can have one value only; take it out of one of them");
            else
                axes.Add(new(name, values));
        }
        if (axes.Count == 0)
        {
            whole = whole && string.IsNullOrWhiteSpace(text);
            return null;
        }
        var matrix = new Matrix(axes.ToImmutable());
        if (matrix.Count > MostCells)
            whole = reader.Refuse(Names.Matrix, text.Trim(), $"it makes more than {MostCells} stages; take fewer values");
        return whole ? matrix : null;
    }

    /// <summary>Every combination, the last axis fastest.</summary>
    public IEnumerable<ImmutableSortedDictionary<string, string>> Combinations() => Axes.Aggregate(
        Enumerable.Repeat(ImmutableSortedDictionary.Create<string, string>(Utf8Order.Instance), 1),
        (sofar, axis) => sofar.SelectMany(values => axis.Values.Select(value => values.SetItem(axis.Name, value))));

    /// <summary><c>train-0_1-3</c>: the values in the order of the axes, what a name cannot hold as <c>_</c>.</summary>
    public string NameOf(string stage, IReadOnlyDictionary<string, string> values) => NameOf(stage, Axes.Select(a => a.Name), values);

    /// <inheritdoc cref="NameOf(string,IReadOnlyDictionary{string,string})"/>
    public static string NameOf(string stage, IEnumerable<string> axes, IReadOnlyDictionary<string, string> values) =>
        string.Join('-', axes.Select(axis => Written(values[axis])).Prepend(stage));

    /// <summary>A value as a cell's name has it.</summary>
    public static string Written(string value) => string.Concat(value.Select(c => StageName.IsLegal(c) ? c : '_'));
}
