namespace Lightnix.Planning;

/// <summary>Finds metadata that mean nothing: LNX1009. What an item inherited is no mistake.</summary>
/// <param name="isWritten">As <see cref="DeclaredProject.IsWritten"/>. The answer takes an evaluation, so only metadata without a meaning
/// are asked about.</param>
sealed class MetadataCheck(Func<DeclaredItem, string, bool> isWritten, Findings findings)
{
    public void CheckNames(DeclaredItem item)
    {
        foreach (var name in Schema.UnknownNames(item))
        {
            if (isWritten(item, name))
                findings.Add(
                    DeclarationErrors.UnknownMetadata(item, name, Spelling.Nearest(name, Schema.Of(item.Kind).Keys), Schema.HomeOf(name)));
        }
    }

    /// <summary>Checks that the metadata of a stage mean something to its builder.</summary>
    /// <returns>The stage without inherited metadata that mean nothing.</returns>
    public DeclaredItem CheckFit(DeclaredItem stage, BuilderKinds kind)
    {
        var kept = stage.Metadata;
        foreach (var name in stage.Metadata.Keys.Where(name => Schema.IsWithoutEffect(name, kind)))
        {
            if (isWritten(stage, name))
                findings.Add(DeclarationErrors.MetadataWithoutEffect(stage, name, kind, Schema.BuildersOf(name)));
            else
                kept = kept.Remove(name);
        }
        return kept.Count == stage.Metadata.Count ? stage : stage with { Metadata = kept };
    }
}
