using System.Collections.Immutable;
using Lightnix.Model;
using Lightnix.Planning;
using Lightnix.Realizing;

namespace Lightnix.Queries;

/// <summary>A stage as it is declared now, with what the last build chose for it.</summary>
/// <param name="Stage">Planned without reading the working tree: its derivation means nothing.</param>
/// <param name="Chosen">How many realizations were chosen; 0 where there is no choice, or where its trees are not in the store.</param>
/// <param name="Files">As a build hands them out.</param>
/// <param name="Numbers">What the chosen realizations say where a number is promised.</param>
public sealed record RecalledStage(PlannedStage Stage, int Chosen, ImmutableArray<PromisedFile> Files, ImmutableArray<PromisedNumber> Numbers);

/// <summary>A promised number in each of the chosen realizations.</summary>
/// <param name="Values">In the order of the selection; NaN where it cannot be read. Empty where there is no choice.</param>
public sealed record PromisedNumber(Promise Promise, ImmutableArray<double> Values);
