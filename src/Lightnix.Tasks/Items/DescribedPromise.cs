namespace Lightnix.Tasks;

/// <summary>A promise, as a generated class needs it.</summary>
/// <param name="Project">The name of the project that makes it.</param>
/// <param name="Stage">The stage; of a matrix, the cell.</param>
/// <param name="Path">As it was promised.</param>
sealed record DescribedPromise(string Project, string Stage, string Path)
{
    /// <summary>The path in an output folder, <c>/</c> between folders; null: it is not copied there.</summary>
    public string? TargetPath { get; init; }

    /// <summary>The number of chosen realizations, each below its number, where a matcher may choose several. Null: one.</summary>
    public int? Several { get; init; }

    public bool IsNumber { get; init; }

    /// <summary>The pointer of a number in JSON.</summary>
    public string? Pointer { get; init; }

    /// <summary>The numbers in the order of the choice; empty where nothing was chosen yet.</summary>
    public ImmutableArray<double> Numbers { get; init; } = [];
}
