namespace Lightnix.Model;

/// <summary>Lists in messages: the first items, and how many more there are.</summary>
public static class Listed
{
    /// <summary><c>a, b and 3 more</c>, or with another separator <c>a; b; and 3 more</c>.</summary>
    /// <param name="beside">How many there are that are not among the items.</param>
    public static string First(int most, IEnumerable<string> items, string separator = ", ", int beside = 0)
    {
        var all = items.ToArray();
        var more = all.Length - Math.Min(all.Length, most) + beside;
        var comma = separator == ", " ? "" : separator.TrimEnd();
        return string.Join(separator, all.Take(most))
            + (more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{comma} and {more} more"));
    }
}
