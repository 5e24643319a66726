using System.Text;
using System.Text.Json.Nodes;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A private Orthanc on loopback that knows one other node, and its REST interface.</summary>
internal sealed class Orthanc : IAsyncDisposable
{
    private readonly Peer _peer;
    private readonly string _folder;

    private Orthanc(Peer peer, string folder, int dicomPort, int httpPort)
    {
        _peer = peer;
        _folder = folder;
        DicomPort = dicomPort;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}/") };
    }

    /// <summary>Where it listens for DICOM, as ORTHANC.</summary>
    public int DicomPort { get; }

    public HttpClient Http { get; }

    /// <summary>Starts it; the other node is its modality <c>hub</c>.</summary>
    public static async Task<Orthanc> StartAsync(int dicomPort, int hubPort, CancellationToken token)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-orthanc-").FullName;
        int httpPort = Peer.FreePort();
        JsonObject configuration = new()
        {
            ["StorageDirectory"] = folder,
            ["IndexDirectory"] = folder,
            ["DicomAet"] = "ORTHANC",
            [nameof(DicomPort)] = dicomPort,
            ["HttpPort"] = httpPort,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = false,
            ["DicomModalities"] = new JsonObject { ["hub"] = new JsonArray("RECORDHUB", "127.0.0.1", hubPort) },
        };
        string file = Path.Combine(folder, "orthanc.json");
        await File.WriteAllTextAsync(file, configuration.ToJsonString(), token);
        Peer peer = await Peer.ServeAsync("Orthanc", httpPort, token, file);
        return new Orthanc(peer, folder, dicomPort, httpPort);
    }

    public async Task<JsonNode> GetAsync(string path, CancellationToken token) =>
        JsonNode.Parse(await Http.GetStringAsync(path, token))!;

    public async Task<JsonNode> PostAsync(string path, string body, CancellationToken token)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        return await AnswerAsync(await Http.PostAsync(path, content, token), token);
    }

    /// <summary>Puts a file into it; gives its name for the instance.</summary>
    public async Task<string> UploadAsync(byte[] file, CancellationToken token)
    {
        using ByteArrayContent content = new(file);
        return (await AnswerAsync(await Http.PostAsync("instances", content, token), token))["ID"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _peer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response, CancellationToken token)
    {
        using (response)
        {
            string text = await response.Content.ReadAsStringAsync(token);
            return response.IsSuccessStatusCode
                ? JsonNode.Parse(text)!
                : throw new HttpRequestException($"Orthanc answered {(int)response.StatusCode}: {text}");
        }
    }
}
