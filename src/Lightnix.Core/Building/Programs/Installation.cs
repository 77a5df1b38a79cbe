using System.Collections.Immutable;

namespace Lightnix.Building;

/// <summary>What really runs when a program is called, and what belongs to it.</summary>
/// <param name="File">The real file behind shims, absolute. A link is kept where the program looks at how it was called.</param>
/// <param name="Real">What a run record calls it: links followed too, except those of Python, whose environments are told by them.</param>
/// <param name="Parts">Folders and files that it needs beside the system, absolute.</param>
/// <param name="Shimmed">Whether something that runs stood before it, and not only links.</param>
/// <param name="Needs">Programs that it is started by, by name (<c>#!/usr/bin/env python3</c>).</param>
sealed record Installation(string File, string Real, ImmutableArray<string> Parts, bool Shimmed, ImmutableArray<string> Needs)
{
    /// <summary>
    /// Why a shim leads nowhere, as a sentence about it; null where it leads to <see cref="File"/>, and for what is no shim.
    /// </summary>
    public string? Lost { get; init; }
}
