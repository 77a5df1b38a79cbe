namespace Lightnix.Building;

/// <summary>The program behind a name, and what belongs to it.</summary>
/// <param name="File">The file behind shims, absolute. Links are kept where the program depends on its name.</param>
/// <param name="Real">The file for run records: links followed too, except those of Python's environments.</param>
/// <param name="Parts">Folders and files that the program needs beside the system, absolute.</param>
/// <param name="Shimmed">Whether a shim stood before it, and not only links.</param>
/// <param name="Needs">Names of programs that start it (<c>#!/usr/bin/env python3</c>).</param>
sealed record Installation(string File, string Real, ImmutableArray<string> Parts, bool Shimmed, ImmutableArray<string> Needs)
{
    /// <summary>The reason why a shim leads to no program, as a sentence; else null.</summary>
    public string? Lost { get; init; }
}
