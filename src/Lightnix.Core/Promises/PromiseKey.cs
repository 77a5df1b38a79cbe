using System.Runtime.CompilerServices;

namespace Lightnix.Promises;

/// <summary>What a promise demands, as a digest: promises with the same key have the same verdict on the same tree, wherever they are
/// declared and wherever their files are copied. A verdict that took reading gigabytes can be remembered under (tree, key).</summary>
public static class PromiseKey
{
    /// <summary>Changes when the same promise may get another verdict, or other words. Since 2, each entry of a zip is verified, and JSON
    /// may have large numbers and a byte order mark. Since 3, the words about JSON are those of .NET.</summary>
    static string FormatOf(Promise promise) => promise.Type switch
    {
        PromiseType.Json => "lightnix/promise/3",
        _ when promise.Pointer is not null => "lightnix/promise/3",
        PromiseType.Zip => "lightnix/promise/2",
        _ => "lightnix/promise/1",
    };

    // A build asks for the key of each promise several times. A promise never changes.
    static readonly ConditionalWeakTable<Promise, Digest> Known = [];

    public static Digest Of(Promise promise) => Known.GetValue(promise, Make);

    /// <summary>The keys of several promises, sorted.</summary>
    public static ImmutableArray<Digest> Of(IEnumerable<Promise> promises) => [.. promises.Select(Of).Order()];

    static Digest Make(Promise promise) => Digest.Of(CanonicalJson.ToBytes(JsonValue.Object.Empty
        .With("format", FormatOf(promise))
        .With("path", promise.Path.ToString())
        .With("type", promise.Type.ToString())
        .WithFlag("nonEmpty", promise.NonEmpty)
        .WithOptional("minSize", Text(promise.MinSize))
        .WithOptional("maxSize", Text(promise.MaxSize))
        .WithOptional("min", Text(promise.Min))
        .WithOptional("max", Text(promise.Max))
        .WithOptional("columns", JsonValue.Texts(promise.Columns).Items)
        .WithOptional("minRows", Text(promise.MinRows))
        .WithOptional("pointer", promise.Pointer)
        .WithOptional("sha256", promise.Sha256?.ToString())
        .WithOptional("pattern", promise.Pattern)
        .WithOptional("minCount", Text(promise.MinCount))));

    // As text: canonical records hold no fractions.
    static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
