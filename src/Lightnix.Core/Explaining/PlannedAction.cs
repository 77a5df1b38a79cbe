namespace Lightnix.Explaining;

/// <summary>What a plan says of a stage.</summary>
public enum PlannedAction
{
    /// <summary>Its result is there.</summary>
    Reuse,

    /// <summary>It runs.</summary>
    Run,

    /// <summary>It runs unless its inputs come out as they were.</summary>
    MayRun,

    /// <summary>It chooses again after the stages that it names: a choice.</summary>
    Choose,

    /// <summary>It has no result and runs nothing, and the choices that read it skip failures.</summary>
    PassOver,

    /// <summary>The build would fail here.</summary>
    Fail,
}
