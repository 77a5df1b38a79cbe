namespace Lightnix.Realizing;

/// <summary>How an adoption is asked for.</summary>
/// <param name="Reason">Why the difference does not matter.</param>
/// <param name="InputsToo">Also where the content of an input changed.</param>
/// <param name="Writes">False: the difference is shown, and nothing is written.</param>
public sealed record AdoptOptions(string Reason, bool InputsToo, bool Writes);
