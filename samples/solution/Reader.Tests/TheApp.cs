using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Digits;

namespace Reader.Tests;

/// <summary>The app as its callers see it.</summary>
public sealed class TheApp(QuietApp app) : IClassFixture<QuietApp>
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(4)]
    [InlineData(5), InlineData(6), InlineData(7), InlineData(8), InlineData(9)]
    public async Task RecognisesMostRealDigitsOfAKind(int kind)
    {
        using var client = app.CreateClient();
        var digits = Promised.UnseenDigits.Where(digit => digit.Value == kind).Take(10).ToList();

        var right = 0;
        foreach (var digit in digits)
        {
            var answer = await (await client.PostAsJsonAsync("/digit", digit.Pixels)).Content.ReadFromJsonAsync<Answer>();
            right += answer!.Digit == kind ? 1 : 0;
        }

        Assert.InRange(right, 8, 10);
    }

    [Fact]
    public async Task SaysHowGoodItsModelIs()
    {
        using var client = app.CreateClient();

        var model = await client.GetFromJsonAsync<JsonElement>("/model");

        Assert.Equal(Promised.Accuracy, model.GetProperty("accuracy").GetDouble());
    }

    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("[17,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, "
        + "0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0, 0,0,0,0,0,0,0,0]")]
    public async Task RefusesWhatIsNoDigit(string pixels)
    {
        using var client = app.CreateClient();
        using var body = new StringContent(pixels, System.Text.Encoding.UTF8, "application/json");

        var response = await client.PostAsync("/digit", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("64 numbers from 0 to 16", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
