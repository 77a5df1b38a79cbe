using PuppeteerSharp;
using PuppeteerSharp.Input;
using PuppeteerSharp.Media;

namespace Lightnix.Cli;

/// <summary>The page of a report in Chromium: as it opens, is used, and is printed.</summary>
[Trait("Speed", "Slow")]
public sealed class A_report_in_a_browser(WrittenReport report) : IClassFixture<WrittenReport>
{
    const string ColourOfText = "document.querySelector('.plot .role-axis-label text').getAttribute('fill')";
    const string FirstRow = "document.querySelector('#stage-table tbody tr th').textContent";

    [BrowserFact]
    public async Task Opens_from_the_disk_without_a_request_and_without_an_error()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);
        await opened.SeeAllAsync();

        Assert.Empty(opened.Said);
        Assert.InRange(new FileInfo(report.File).Length, 1, 2_000_000);
        Assert.Equal(new Uri(report.File).AbsoluteUri, Assert.Single(opened.Requests));
        Assert.True(await opened.AskAsync<bool>("typeof hacked === 'undefined' && document.images.length === 0"));
        Assert.Equal("function", await opened.AskAsync<string>("typeof WebAssembly.instantiate"));
        Assert.True(await opened.AskAsync<int>("document.querySelectorAll('#drawing g.node').length") >= 7);
    }

    [BrowserFact]
    public async Task Draws_what_comes_into_view_and_nothing_before()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);

        Assert.Equal(0, await opened.AskAsync<int>("[...document.querySelectorAll('.plot')].at(-1).childElementCount"));
        await opened.SeeAllAsync();
        Assert.Equal(0, await opened.AskAsync<int>("document.querySelectorAll('.plot:not(:has(svg))').length"));
    }

    [BrowserFact]
    public async Task Sorts_and_filters_its_tables()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);
        const string sorted = "document.querySelector('#stage-table th[aria-sort]')?.getAttribute('aria-sort')";

        await opened.Page.ClickAsync("#stage-table thead th:first-child button");
        await opened.Page.WaitForExpressionAsync($"{FirstRow} === 'train-0_1-4'");
        Assert.Equal("descending", await opened.AskAsync<string>(sorted));
        await opened.Page.FocusAsync("#stage-table thead th:first-child button");
        await opened.Page.Keyboard.PressAsync(Key.Enter);
        await opened.Page.WaitForExpressionAsync($"{FirstRow} === 'best'");
        await opened.Page.ClickAsync("#stage-table thead th:nth-child(5) button");
        await opened.Page.WaitForExpressionAsync($"{FirstRow} === 'model'");

        await opened.Page.TypeAsync("input[data-table=stage-table]", "TRAIN data");
        Assert.Equal(4, await opened.AskAsync<int>("document.querySelectorAll('#stage-table tbody tr:not([hidden])').length"));
        var counted = await opened.AskAsync<string>("document.querySelector('.filter output').value");
        Assert.StartsWith("4 of ", counted, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Opens_a_matrix_by_pointer_and_by_keyboard()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);
        await opened.SeeAllAsync();
        const string cells = "document.querySelectorAll('#drawing a[*|href]').length";
        Assert.Equal(0, await opened.AskAsync<int>(cells));

        await opened.Page.ClickAsync("button[data-node]");
        Assert.Equal(4, await opened.AskAsync<int>(cells));
        Assert.Equal("true", await opened.AskAsync<string>("document.querySelector('button[data-node]').getAttribute('aria-expanded')"));
        await opened.Page.FocusAsync("button[data-node]");
        await opened.Page.Keyboard.PressAsync(" ");
        Assert.Equal(0, await opened.AskAsync<int>(cells));

        await opened.Page.FocusAsync("#drawing [role=button][aria-label^='train']");
        await opened.Page.Keyboard.PressAsync(Key.Enter);
        Assert.Equal(4, await opened.AskAsync<int>(cells));
        await opened.Page.ClickAsync("#drawing a[*|href='#stage-train-0_1-3']");
        Assert.Equal("#stage-train-0_1-3", await opened.AskAsync<string>("location.hash"));
    }

    [BrowserFact]
    public async Task Opens_what_a_link_leads_to()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);
        await opened.Page.TypeAsync("input[data-table=stage-table]", "no such stage");

        await opened.AskAsync<string>("location.hash = document.querySelector('#trace dd a').getAttribute('href')");
        await opened.Page.WaitForExpressionAsync("document.querySelector(location.hash).open");
        await opened.AskAsync<string>("location.hash = '#stage-best'");
        await opened.Page.WaitForExpressionAsync("!document.querySelector('#stage-best').hidden");
    }

    [BrowserFact]
    public async Task Has_nothing_that_axe_finds_in_light_and_dark_and_on_a_phone()
    {
        foreach (var (width, dark) in new[] { (1280, false), (1280, true), (390, false) })
        {
            await using var opened = await OpenedPage.OpenAsync(report.File, width, dark);
            await opened.SeeAllAsync();
            await opened.Page.ClickAsync("button[data-node]");

            Assert.Empty(await opened.FindMistakesAsync());
            Assert.True(await opened.AskAsync<int>("document.documentElement.scrollWidth") <= width);
        }
    }

    [BrowserFact]
    public async Task Draws_its_plots_again_in_other_colours()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File);
        await opened.SeeAllAsync();
        var light = await opened.AskAsync<string>(ColourOfText);

        await opened.ColourAsync(dark: true);

        await opened.Page.WaitForExpressionAsync($"{ColourOfText} !== '{light}'");
    }

    [BrowserFact]
    public async Task Is_printed_with_all_plots_in_light_colours()
    {
        await using var opened = await OpenedPage.OpenAsync(report.File, dark: true);
        await opened.SeeAllAsync();
        await opened.AskAsync<string>($"addEventListener('beforeprint', () => window.printed = {ColourOfText}), {ColourOfText}");
        await opened.AskAsync<string>("document.querySelectorAll('#trace details').forEach(d => d.open = false), ''");

        var pdf = await opened.Page.PdfDataAsync(new PdfOptions { Format = PaperFormat.A4 });

        Assert.Equal("%PDF-"u8.ToArray(), pdf[..5]);
        Assert.NotEqual(await opened.AskAsync<string>(ColourOfText), await opened.AskAsync<string>("printed"));
        Assert.Equal(0, await opened.AskAsync<int>("document.querySelectorAll('.plot:not(:has(svg))').length"));
        Assert.Empty(opened.Said);
        Assert.Equal(0, await opened.AskAsync<int>("document.querySelectorAll('#trace details[open]').length"));
    }
}
