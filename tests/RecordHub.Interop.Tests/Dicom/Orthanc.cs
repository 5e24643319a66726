using System.Text;
using System.Text.Json.Nodes;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A private Orthanc on loopback that knows one other node, and its REST interface.</summary>
internal sealed class Orthanc : IAsyncDisposable
{
    private const string DicomWebPlugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
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

    /// <summary>The base of its DICOMweb interface, if it was started with one.</summary>
    public Uri DicomWeb => new(Http.BaseAddress!, "dicom-web/");

    /// <summary>Starts it; the other node is its modality <c>hub</c>.</summary>
    public static async Task<Orthanc> StartAsync(int dicomPort, int hubPort, CancellationToken token, bool dicomWeb = false,
        Action<JsonObject>? configure = null)
    {
        if (dicomWeb && !File.Exists(DicomWebPlugin))
        {
            Peer.Missing("Orthanc's DICOMweb is not installed (Debian package orthanc-dicomweb).");
        }

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
            ["Plugins"] = dicomWeb ? new JsonArray(DicomWebPlugin) : new JsonArray(),
            ["DicomModalities"] = new JsonObject { ["hub"] = new JsonArray("RECORDHUB", "127.0.0.1", hubPort) },
        };
        configure?.Invoke(configuration);
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

    /// <summary>What it has of each instance, by SOP Instance UID: the Part 10 file.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(CancellationToken token)
    {
        Dictionary<string, byte[]> files = [];
        foreach (JsonNode? id in (await GetAsync("instances", token)).AsArray())
        {
            JsonNode instance = await GetAsync($"instances/{id}", token);
            files[instance["MainDicomTags"]!["SOPInstanceUID"]!.GetValue<string>()] =
                await Http.GetByteArrayAsync($"instances/{id}/file", token);
        }

        return files;
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
