namespace Lightnix.Building;

/// <summary>A variable that marks the processes of one builder. All that the builder starts inherit it, and unlike a process id it is never
/// used again.</summary>
/// <param name="Variable">Its name.</param>
/// <param name="Text">The variable's value, or a part of it.</param>
readonly record struct ProcessMark(string Variable, string Text)
{
    /// <summary>As in the environment, where the text is the whole value.</summary>
    public override string ToString() => $"{Variable}={Text}";

    /// <summary>Whether a process has the mark. False where its environment cannot be read: such a process is another user's.</summary>
    public bool IsOf(int process)
    {
        try
        {
            var environment =
                Encoding.UTF8.GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/environ")));
            var (variable, text) = (Variable + '=', Text);
            return environment.Contains(text, StringComparison.Ordinal)
                && environment.Split('\0').Any(v => v.StartsWith(variable, StringComparison.Ordinal)
                    && v.IndexOf(text, variable.Length, StringComparison.Ordinal) >= 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
