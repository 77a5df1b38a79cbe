namespace Lightnix.Cli;

/// <summary>Pieces of specifications of Vega-Lite.</summary>
static class VegaLite
{
    // Padding: points at the ends are whole.
    const int RowHeight = 24, PlotHeight = 240, Padding = 12;

    /// <summary>A specification of its layers, as wide as the page.</summary>
    /// <param name="rows">Of a plot with a row for each name; 0: the vertical axis has numbers.</param>
    public static JsonValue.Object Layers(string description, int rows, params JsonValue.Object[] layers) => JsonValue.Object.Empty
        .With("description", Visible.Text(description)).With("width", "container")
        .With("height", rows == 0 ? PlotHeight : rows * RowHeight)
        .With("layer", new JsonValue.Array([.. layers]));

    public static JsonValue.Object Layer(
        JsonValue.Object data, JsonValue.Object mark, params (string Channel, JsonValue.Object Field)[] encoding) =>
        JsonValue.Object.Empty.With("data", data).With("mark", mark)
            .With("encoding", encoding.Aggregate(JsonValue.Object.Empty, (all, e) => all.With(e.Channel, e.Field)));

    /// <param name="numbers">Fields that are read as numbers.</param>
    public static JsonValue.Object Data(IEnumerable<JsonValue.Object> values, params string[] numbers) => JsonValue.Object.Empty
        .With("values", new JsonValue.Array([.. values]))
        .With("format", JsonValue.Object.Empty.With(
            "parse", numbers.Aggregate(JsonValue.Object.Empty, (all, n) => all.With(n, "number"))));

    /// <param name="style">Of the marks in the configuration of the page.</param>
    public static JsonValue.Object Mark(string type, string style) => JsonValue.Object.Empty.With("type", type).With("style", style);

    /// <summary>A mark that shows its values to a pointer.</summary>
    public static JsonValue.Object MarkWithTooltip(string type, string style) => Mark(type, style).With("tooltip", true);

    public static JsonValue.Object Quantitative(string field, string? title, bool fromZero = false, bool isLogarithmic = false)
    {
        var scale = isLogarithmic ? Logarithmic : JsonValue.Object.Empty.With("zero", fromZero);
        return Field(field, "quantitative", title).With("scale", fromZero ? scale : scale.With("padding", Padding).With("nice", false));
    }

    /// <summary>A colour for each number.</summary>
    public static JsonValue.Object Gradient(string field, string title, bool isLogarithmic) =>
        Field(field, "quantitative", title).With("legend", JsonValue.Object.Empty.With("type", "gradient"))
            .With("scale", isLogarithmic ? Logarithmic : JsonValue.Object.Empty.With("zero", false));

    static JsonValue.Object Logarithmic { get; } = JsonValue.Object.Empty.With("type", "log");

    /// <summary>In the order of the data.</summary>
    public static JsonValue.Object Nominal(string field, string? title) =>
        Field(field, "nominal", title).With("sort", new JsonValue.Null());

    static JsonValue.Object Field(string field, string type, string? title) => JsonValue.Object.Empty
        .With("field", field).With("type", type)
        .With("title", title is null ? new JsonValue.Null() : new JsonValue.String(Visible.Text(title)));

    public static JsonValue.Object End(string field) => JsonValue.Object.Empty.With("field", field);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
