using Digits;

namespace Reader.Tests;

/// <summary>The model that the data project chose among those it trained.</summary>
public sealed class TheChosenModel : IDisposable
{
    readonly Classifier _classifier = Classifier.Load(Promised.Model);

    public void Dispose() => _classifier.Dispose();

    [Fact]
    public void IsAsGoodAsPromised() => Assert.InRange(Promised.Accuracy, 0.9, 1);

    [Fact]
    public void IsTheOneThatWasMeasured() => Assert.Equal(Promised.Accuracy, _classifier.Accuracy(Promised.UnseenDigits), 0.00005);

    [Fact]
    public void IsSureOfWhatItReads() =>
        Assert.All(Promised.UnseenDigits, digit => Assert.InRange(_classifier.Read(digit).Certainty, 0.1, 1));
}
