using Lightnix.Building;
using Lightnix.Storage;

namespace Lightnix.Running;

/// <summary>The kinds of builders, each with its maker.</summary>
sealed class Makers(Store store, IExecutor executor, Downloads downloads, SandboxChoice sandbox, TimeProvider time, RunSettings settings)
{
    readonly IMaker _import = new ImportMaker(store);
    readonly IMaker _download = new DownloadMaker(store, downloads, time);
    readonly IMaker _process = new ProcessMaker(store, executor, sandbox, settings);

    public IMaker Of(Builder builder) => builder switch
    {
        Builder.Import => _import,
        Builder.Download => _download,
        Builder.Command or Builder.Script or Builder.Program => _process,
        _ => throw new ArgumentOutOfRangeException(nameof(builder), builder, null),
    };
}
