using Lightnix.Projects;
using Lightnix.Queries;

namespace Lightnix.Builds;

/// <summary>Publishes links to results: after a build each link of the project points to the current choice or is gone.</summary>
sealed class LinkPublication(ProjectRequest request, BuildSession session, EventReporter events)
{
    public async Task PublishAsync(ImmutableArray<ProjectStage> chosen, CancellationToken cancellationToken)
    {
        var links = chosen.Where(c => !c.Stage.Execution.IsIntermediate).ToDictionary(c => c.Stage.Name.ToString(), Target);
        var memory = new LinkMemory(request.IntermediateFolder, request.Options.ProjectFile);
        // Before the links are made: each link that is found has a known owner.
        foreach (var problem in memory.Move(request.LinkFolder, links.Keys))
            events.Hint(problem);
        var published = new ResultLinks(request.LinkFolder, () => memory.Others(request.LinkFolder));
        if (await published.ShowAsync(links, session.Locks, cancellationToken).ConfigureAwait(false) is { } why)
            events.Hint(PublicationErrors.WrittenLinks(request.LinkFolder, why));
    }

    LinkTarget Target(ProjectStage stage) => new([.. stage.Choice!.Trees.Select(session.Store.Trees.FolderOf)], stage.Choice.Plural);
}
