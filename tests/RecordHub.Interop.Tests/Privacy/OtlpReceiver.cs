using System.Collections.Concurrent;
using System.Net;
using System.Text;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Privacy;

/// <summary>Takes what is exported by OTLP over HTTP, as bytes: protobuf holds text as it is.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Body)> _received = [];
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{Peer.FreePort()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _loop = ReceiveAsync();
    }

    public string Address { get; }

    /// <summary>All that came to a path.</summary>
    public string Text(string path) =>
        string.Concat(_received.Where(one => one.Path == path).Select(one => one.Body));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using MemoryStream body = new();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }
}
