using System.Globalization;
using System.Text;

namespace Lightnix.Building;

/// <summary>
/// What tells processes of one builder from all others: a variable with a text that nobody else's has. It was given to the builder, and
/// everything that it starts
/// inherits it, whoever ends before whom; numbers of processes are used again, this is not.
/// </summary>
/// <param name="Variable">Its name.</param>
/// <param name="Text">What its value is, or has in it.</param>
readonly record struct EnvironmentMark(string Variable, string Text)
{
    /// <summary>As it stands in the environment, for a text that is the whole value.</summary>
    public override string ToString() => $"{Variable}={Text}";

    /// <summary>Whether a process has it. False of those whose environment may not be read: they are not ours.</summary>
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
