namespace Lightnix.Queries;

/// <summary>The stages of a project with what they read, as the last build left them. A matrix is one node.</summary>
/// <param name="Project">The project file, absolute.</param>
/// <param name="Nodes">Inputs before what reads them.</param>
/// <param name="Edges">By names of nodes, each pair once.</param>
public sealed record ProjectGraph(string Project, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphEdge> Edges);

/// <summary>A node that reads another one.</summary>
/// <param name="From">Name of the node that is read.</param>
/// <param name="To">Name of the node that reads.</param>
public sealed record GraphEdge(string From, string To);
