namespace Lightnix.Planning;

/// <summary>A kind of builder.</summary>
/// <param name="Name">The metadata that declare it. A stage has those of one kind.</param>
/// <param name="Description">As <c>a command</c>.</param>
/// <param name="Read">Reads a stage of this kind; null after a finding.</param>
sealed record BuilderKind(string Name, BuilderKinds Kind, string Description, Func<ItemReader, Findings, BuilderDraft?> Read);
