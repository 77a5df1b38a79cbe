namespace Lightnix.Realizing;

public class SwitchValues
{
    [Theory]
    [InlineData("")]
    [InlineData("true")]
    [InlineData("FALSE")]
    public void May_be_true_false_and_empty(string value) =>
        Assert.Empty(All(value) with { MaxParallel = "2", Sandbox = "required" } is var right ? right.Problems : default);

    [Theory]
    [InlineData("1")]
    [InlineData("yes")]
    [InlineData("ture")]
    [InlineData(" true")]
    public void That_mean_nothing_are_reported_with_what_would_be_right(string value) => Assert.Equal(
        [
            $"error LNX1016: LightnixLockedMode is '{value}'; it may be 'true' or 'false'",
            $"error LNX1016: LightnixUseLockFile is '{value}'; it may be 'true', 'false', or empty: then a lock file is used where there "
                + "is one",
            $"error LNX1016: LightnixVerify is '{value}'; it may be 'true' or 'false'",
            $"error LNX1016: LightnixKeepWorkspace is '{value}'; it may be 'true' or 'false'",
            $"error LNX1016: LightnixKeepSources is '{value}'; it may be 'All', 'Text' or 'None'",
            "error LNX1016: LightnixMaxParallel is '0'; it may be a whole number from 1, or empty: as many as cores allow",
            $"error LNX1016: LightnixSandbox is '{value}'; it may be 'Auto', 'Required' or 'None'",
            $"error LNX1016: LightnixAdopted is '{value}'; it may be 'Allow', 'Warn' or 'Refuse'",
            $"error LNX1016: LightnixProjectCache is '{value}'; it may be 'true' or 'false'",
            $"error LNX1016: LightnixGenerateClass is '{value}'; it may be 'true' or 'false'",
            $"error LNX1016: LightnixReport is '{value}'; it may be 'true' or 'false'",
        ],
        (All(value) with { MaxParallel = "0", Sandbox = value, KeepSources = value, Adopted = value }).Problems.Select(p => p.ToString()));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("", 0)]
    [InlineData("-1", 0)]
    [InlineData("1.5", 0)]
    [InlineData("99999999999", 0)]
    public void Of_numbers_are_whole(string value, int number) => Assert.Equal(number, Switches.Number(value));

    static Switches All(string value) => new()
    {
        LockedMode = value,
        UseLockFile = value,
        Verify = value,
        KeepWorkspace = value,
        ProjectCache = value,
        GenerateClass = value,
        Report = value,
    };
}
