namespace Lightnix.Storage;

/// <summary>Which sources of runs a store keeps.</summary>
public enum KeepSources
{
    All,

    /// <summary>Those that are UTF-8 without a zero character.</summary>
    Text,

    None,
}
