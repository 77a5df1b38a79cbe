namespace Lightnix.Planning;

/// <summary>Which constraints a promise of a type can have, and which pairs of them can both hold.</summary>
static class PromiseRules
{
    // Everything else (NonEmpty, MinSize, MaxSize, copying) fits every type.
    static readonly ImmutableArray<(string Name, ImmutableArray<PromiseType> Types)> Fits =
    [
        (Names.Min, [PromiseType.Number]),
        (Names.Max, [PromiseType.Number]),
        (Names.Pointer, [PromiseType.Number, PromiseType.Json]),
        (Names.Columns, [PromiseType.Csv]),
        (Names.MinRows, [PromiseType.Csv]),
        (Names.Pattern, [PromiseType.Directory, PromiseType.Any]),
        (Names.MinCount, [PromiseType.Directory, PromiseType.Any]),
        (Names.Sha256,
            [PromiseType.File, PromiseType.Text, PromiseType.Number, PromiseType.Json, PromiseType.Csv, PromiseType.Zip, PromiseType.Any]),
    ];

    public static void Check(ItemReader reader, Promise promise, bool isTypeKnown)
    {
        foreach (var (name, types) in Fits.Where(f => isTypeKnown && reader.Text(f.Name) is not null && !Fit(f, promise)))
            reader.Add(DeclarationErrors.ConstraintDoesNotFit(reader.Item, name, reader.Text(name)!, promise.Type, types));
        if (promise.Pointer is { } pointer && !JsonPointer.TryParse(pointer, out _))
            reader.Refuse(Names.Pointer, pointer,
                "a JSON pointer begins with '/', as '/metrics/accuracy'; '~' in a name is written '~0' and '/' is written '~1'");
        if (promise.Min > promise.Max)
            reader.Refuse(Names.Min, reader.Text(Names.Min)!, $"it is greater than Max, '{reader.Text(Names.Max)}'; no number is both");
        if (promise.MinSize > promise.MaxSize)
            reader.Refuse(Names.MinSize, reader.Text(Names.MinSize)!,
                $"it is greater than MaxSize, '{reader.Text(Names.MaxSize)}'; nothing is both");
        if (promise is { MinCount: not null, Pattern: null })
            reader.Refuse(Names.MinCount, reader.Text(Names.MinCount)!,
                "it counts the files that Pattern matches; say Pattern=\"**/*\" for all files");
    }

    // With a pointer, the number is in a JSON file: Type may say either.
    static bool Fit((string Name, ImmutableArray<PromiseType> Types) rule, Promise promise) =>
        rule.Types.Contains(promise.Type)
            || (rule.Name is Names.Min or Names.Max && promise is { Type: PromiseType.Json, Pointer: not null });
}
