using System.Collections.Immutable;
using Lightnix.Model;

namespace Lightnix.Planning;

/// <summary>Turns a declared project into a plan, or into all its mistakes.</summary>
public static class Planner
{
    /// <summary>Finds all mistakes of declaration together; there is a plan when there is no error.</summary>
    public static PlanResult Plan(DeclaredProject project, IContents contents) => throw new NotImplementedException();

    /// <summary>The command line of one run.</summary>
    /// <param name="programFolder">Of a program: its output in the store.</param>
    public static Invocation Invoke(PlannedStage stage, Builder resolved, Bindings bindings, string? programFolder) => throw new NotImplementedException();
}

/// <summary>What planning gave.</summary>
/// <param name="Plan">Null when there is an error.</param>
/// <param name="Diagnostics">Sorted by item: all errors and warnings of the declaration.</param>
public sealed record PlanResult(Plan? Plan, ImmutableArray<Diagnostic> Diagnostics);
