namespace Lightnix.Model;

/// <summary>The machine of a run.</summary>
/// <param name="Name">Host name.</param>
/// <param name="System">Operating system and its version.</param>
/// <param name="Platform">A runtime identifier, as <c>linux-x64</c>.</param>
/// <param name="Processor">Model of the processor, or its architecture.</param>
/// <param name="Cores">Logical processors.</param>
/// <param name="Lightnix">Version of Lightnix.</param>
public sealed record Host(string Name, string System, string Platform, string Processor, int Cores, string Lightnix)
{
    internal JsonValue.Object ToJson() => JsonValue.Object.Empty
        .With("name", Name).With("system", System).With("platform", Platform).With("processor", Processor).With("cores", Cores)
            .With("lightnix", Lightnix);

    internal static Host FromJson(JsonValue.Object json) =>
        new(json.Text("name"), json.Text("system"), json.Text("platform"), json.Text("processor"), json.Count("cores", 0),
            json.Text("lightnix"));
}
