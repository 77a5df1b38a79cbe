using System.Collections.Concurrent;
using PuppeteerSharp;

namespace Lightnix.Cli;

/// <summary>A page that Chromium has opened from the disk, and what it said and asked for meanwhile.</summary>
sealed class OpenedPage : IAsyncDisposable
{
    public const string Browser = "/usr/bin/chromium";

    readonly IBrowser _browser;

    OpenedPage(IBrowser browser, IPage page) => (_browser, Page) = (browser, page);

    /// <summary>What finds mistakes of accessibility.</summary>
    public static string Axe => RepositoryRoot.File("artifacts/page/node_modules/axe-core/axe.min.js");

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions of the script.</summary>
    public ConcurrentQueue<string> Said { get; } = [];

    /// <summary>Addresses that were asked for, the page's own too.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public static async Task<OpenedPage> OpenAsync(string file, int width = 1280, bool dark = false, string fragment = "")
    {
        var browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Browser,
            // Chromium's own sandbox does not run as root.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
            DefaultViewport = new() { Width = width, Height = 900 },
        });
        var page = new OpenedPage(browser, await browser.NewPageAsync());
        page.Listen();
        await page.ColourAsync(dark);
        await page.Page.GoToAsync(new Uri(file).AbsoluteUri + fragment);
        return page;
    }

    void Listen()
    {
        Page.Console += (_, e) =>
        {
            if (e.Message.Type is ConsoleType.Error or ConsoleType.Warning)
                Said.Enqueue(e.Message.Text);
        };
        Page.PageError += (_, e) => Said.Enqueue(e.Message);
        Page.Request += (_, e) => Requests.Enqueue(e.Request.Url);
    }

    public Task ColourAsync(bool dark) => Page.EmulateMediaFeaturesAsync(
        [new() { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);

    /// <summary>Moves through the whole page, so that all of it is drawn.</summary>
    public async Task SeeAllAsync()
    {
        await Page.EvaluateExpressionAsync("for (const d of document.querySelectorAll('details')) d.open = true");
        await Page.EvaluateExpressionAsync("for (const p of document.querySelectorAll('.plot, #drawing')) p.scrollIntoView()");
        await Page.EvaluateFunctionAsync("""
            async () => {
              for (const place of document.querySelectorAll('.plot, #drawing')) {
                place.scrollIntoView();
                while (!place.querySelector('svg')) await new Promise(requestAnimationFrame);
              }
              scrollTo(0, 0);
            }
            """);
    }

    public Task<T> AskAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <summary>What axe-core finds, as <c>rule: element</c>.</summary>
    public async Task<string[]> FindMistakesAsync()
    {
        await Page.EvaluateExpressionAsync(await File.ReadAllTextAsync(Axe));
        return await Page.EvaluateFunctionAsync<string[]>(
            "async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} ${n.failureSummary}`))");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        await _browser.DisposeAsync();
    }
}
