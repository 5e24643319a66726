using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace RecordHub.Storage.Tests.Blobs;

/// <summary>An object store in memory that copies objects, as the server of the other tests cannot, and errs when it is told to.</summary>
internal sealed class FakeS3 : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _loop;

    public FakeS3()
    {
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>By path: bucket and key.</summary>
    public ConcurrentDictionary<string, byte[]> Objects { get; } = [];

    /// <summary>What it does wrong: nothing, <c>busy</c>, <c>deny</c> and a method, <c>change</c> or <c>keep</c>.</summary>
    public string Fault { get; set; } = string.Empty;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context.Request, context.Response);
                context.Response.Close();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                // Stopped.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerRequest request, HttpListenerResponse response)
    {
        string path = request.Url!.AbsolutePath;
        using MemoryStream body = new();
        await request.InputStream.CopyToAsync(body);
        if (Fault == $"deny {request.HttpMethod}")
        {
            await RefuseAsync(response, 403, "AccessDenied");
        }
        else if (Fault == "busy")
        {
            await RefuseAsync(response, 503, "SlowDown");
        }
        else if (request is { HttpMethod: "GET", QueryString: { } query } && query["list-type"] == "2")
        {
            await WriteAsync(response, "<ListBucketResult><KeyCount>0</KeyCount><IsTruncated>false</IsTruncated></ListBucketResult>");
        }
        else if (request.HttpMethod == "PUT" && request.Headers["x-amz-copy-source"] is { } source)
        {
            if (Objects.TryGetValue("/" + Uri.UnescapeDataString(source).TrimStart('/'), out byte[]? copied))
            {
                Objects[path] = copied;
                await WriteAsync(response, "<CopyObjectResult><ETag>\"x\"</ETag></CopyObjectResult>");
            }
            else
            {
                await RefuseAsync(response, 404, "NoSuchKey");
            }
        }
        else if (request.HttpMethod == "PUT")
        {
            await PutAsync(request, response, path, body.ToArray());
        }
        else if (request.HttpMethod == "DELETE")
        {
            _ = Fault == "keep" || Objects.TryRemove(path, out _);
            response.StatusCode = 204;
        }
        else if (Objects.TryGetValue(path, out byte[]? found))
        {
            response.ContentLength64 = found.Length;
            if (request.HttpMethod == "GET")
            {
                await response.OutputStream.WriteAsync(found);
            }
        }
        else
        {
            await RefuseAsync(response, 404, "NoSuchKey");
        }
    }

    private async Task PutAsync(HttpListenerRequest request, HttpListenerResponse response, string path, byte[] content)
    {
        if (request.Headers["x-amz-checksum-sha256"] != Convert.ToBase64String(SHA256.HashData(content)))
        {
            await RefuseAsync(response, 400, "BadDigest");
            return;
        }

        if (Fault == "change")
        {
            content[^1] ^= 1;
        }

        Objects[path] = content;
        response.Headers["ETag"] = "\"x\"";
    }

    private static async Task RefuseAsync(HttpListenerResponse response, int status, string code)
    {
        response.StatusCode = status;
        await WriteAsync(response, $"<Error><Code>{code}</Code><Message>{code}</Message></Error>");
    }

    private static async Task WriteAsync(HttpListenerResponse response, string xml)
    {
        response.ContentType = "application/xml";
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{xml}"));
    }
}
