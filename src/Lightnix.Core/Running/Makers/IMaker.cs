namespace Lightnix.Running;

/// <summary>Makes the output of one kind of builder.</summary>
interface IMaker
{
    Task<Output> MakeAsync(OngoingRun run, CancellationToken cancellationToken);
}
