namespace Lightnix.Building;

/// <summary>Tests in a real sandbox: skipped where there is none, except in CI, where they fail.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SandboxTheoryAttribute : TheoryAttribute
{
    public SandboxTheoryAttribute() => Skip = new SandboxFactAttribute().Skip;
}
