using System.Buffers;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Uploads;

/// <summary>Chromium without a window, driven by the Chrome DevTools Protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Peer _chromium;
    private readonly ClientWebSocket _page;
    private int _sent;

    private Browser(Peer chromium, ClientWebSocket page)
    {
        _chromium = chromium;
        _page = page;
    }

    /// <summary>Starts one with a profile of its own. Ends the test where there is none.</summary>
    public static async Task<Browser> StartAsync(string profile, CancellationToken token)
    {
        int port = Peer.FreePort();
        Peer chromium = await Peer.ServeAsync(
            "chromium", port, token, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
            string.Create(CultureInfo.InvariantCulture, $"--remote-debugging-port={port}"), $"--user-data-dir={profile}", "about:blank");
        using HttpClient http = new();
        string? address = null;
        while (address is null)
        {
            JsonArray? pages = await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{port}/json", token);
            address = pages?.FirstOrDefault(one => one!["type"]!.GetValue<string>() == "page")?["webSocketDebuggerUrl"]!.GetValue<string>();
        }

        ClientWebSocket page = new();
        await page.ConnectAsync(new Uri(address), token);
        return new Browser(chromium, page);
    }

    /// <summary>Opens a page and waits until it is there.</summary>
    public async Task OpenAsync(string address, CancellationToken token)
    {
        await SendAsync("Page.navigate", new JsonObject { ["url"] = address }, token);
        while (await EvaluateAsync("location.href + ' ' + document.readyState", token) != address + " complete")
        {
            token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The value of an expression as text; a promise is waited for.</summary>
    public async Task<string?> EvaluateAsync(string expression, CancellationToken token) => (await SendAsync(
        "Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true }, token))
        ["result"]?["value"]?.ToString();

    /// <summary>Chooses files, or a folder, as a person would.</summary>
    public async Task ChooseAsync(string selector, string[] paths, CancellationToken token)
    {
        JsonNode document = await SendAsync("DOM.getDocument", [], token);
        JsonNode input = await SendAsync(
            "DOM.querySelector",
            new JsonObject { ["nodeId"] = document["root"]!["nodeId"]!.GetValue<int>(), ["selector"] = selector }, token);
        await SendAsync(
            "DOM.setFileInputFiles",
            new JsonObject
            {
                ["nodeId"] = input["nodeId"]!.GetValue<int>(),
                ["files"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]),
            },
            token);
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        await _chromium.DisposeAsync();
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters, CancellationToken token)
    {
        int id = ++_sent;
        JsonObject command = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _page.SendAsync(Encoding.UTF8.GetBytes(command.ToJsonString()), WebSocketMessageType.Text, true, token);
        while (true)
        {
            ArrayBufferWriter<byte> text = new();
            ValueWebSocketReceiveResult read;
            do
            {
                read = await _page.ReceiveAsync(text.GetMemory(65_536), token);
                text.Advance(read.Count);
            }
            while (!read.EndOfMessage);
            JsonNode answer = JsonNode.Parse(text.WrittenSpan) ?? throw new JsonException();
            if (answer["id"]?.GetValue<int>() == id)
            {
                return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
            }
        }
    }
}
