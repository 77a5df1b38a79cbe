namespace Lightnix.Planning;

/// <summary>A path of the working tree that builds write: no stage reads it as a file of its author.</summary>
/// <param name="Why">What it is, as the end of a sentence.</param>
/// <param name="IsResult">True in a store, in the link folder and in <c>obj</c> of the project. False for what other tools write.</param>
/// <param name="Link">The link of a link folder that the path goes through, absolute; null where it goes through none.</param>
public sealed record WrittenPath(string Why, bool IsResult, string? Link = null);
