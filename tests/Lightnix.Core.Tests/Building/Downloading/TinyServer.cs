using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Lightnix.Building;

/// <summary>An HTTP server on the loopback address that answers with the given bytes, one request a connection.</summary>
public sealed class TinyServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _end = new();
    readonly ConcurrentDictionary<string, TimeSpan> _pauses = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Func<string, byte[]?>> _answers = new(StringComparer.Ordinal);

    public TinyServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Requests with their headers, as they came.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public string Url(string path) => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{path}";

    /// <summary>Answers with a body, or cut short after some bytes of it.</summary>
    public string File(string path, byte[] body, int? cutAt = null) =>
        Raw(path, $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n", body[..(cutAt ?? body.Length)]);

    public string Status(string path, string status, string headers = "") =>
        Raw(path, $"HTTP/1.1 {status}\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n", []);

    /// <summary>Says nothing, and keeps the connection.</summary>
    public string Silence(string path) => Answer(path, () => null);

    public string Raw(string path, string head, byte[] body) => Answer(path, () => [.. Encoding.ASCII.GetBytes(head), .. body]);

    public string Answer(string path, Func<byte[]?> answer) => AnswerTo(path, _ => answer());

    /// <summary>Sends a byte now and then, and never ends.</summary>
    public string Drip(string path, TimeSpan pause)
    {
        _pauses["/" + path] = pause;
        return Raw(path, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", []);
    }

    public string AnswerTo(string path, Func<string, byte[]?> answer)
    {
        _answers["/" + path] = answer;
        return Url(path);
    }

    async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
            _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token));
    }

    async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            var request = await reader.ReadLineAsync(_end.Token) ?? "";
            var head = request + "\n";
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } line)
                head += line + "\n";
            var path = request.Split(' ')[1];
            Requests.Enqueue(path);
            Heads.Enqueue(head);
            // A proxy is asked for whole URLs.
            var answer = _answers[path.StartsWith('/') ? path : new Uri(path).PathAndQuery](head);
            if (_pauses.TryGetValue(path, out var pause))
            {
                await stream.WriteAsync(answer, _end.Token);
                for (; !_end.IsCancellationRequested; await Task.Delay(pause, _end.Token))
                    await stream.WriteAsync(new byte[1], _end.Token);
            }
            else if (answer is { } bytes)
                await stream.WriteAsync(bytes, _end.Token);
            else
                await Task.Delay(Timeout.Infinite, _end.Token);
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }
}
