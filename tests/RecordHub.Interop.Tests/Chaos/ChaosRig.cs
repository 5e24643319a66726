using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Pipeline;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Chaos;

/// <summary>Two doors and two workers on RabbitMQ, PostgreSQL and S3: six machines, but for the wires.</summary>
internal sealed class ChaosRig : IAsyncDisposable
{
    private const int Doors = 2;
    private readonly string _folder;
    private readonly RabbitPeer _broker = new();
    private readonly PostgresPeer _database = new();
    private readonly int[] _dicomPorts = [.. Enumerable.Range(0, Doors).Select(_ => Peer.FreePort())];
    private readonly int[] _httpPorts = [.. Enumerable.Range(0, Doors).Select(_ => Peer.FreePort())];
    private S3Peer _objects = null!;

    private ChaosRig(string folder) => _folder = folder;

    /// <summary>Doors first.</summary>
    public List<ChaosNode> Nodes { get; } = [];

    public IReadOnlyList<int> DicomPorts => _dicomPorts;

    /// <summary>A client of each door, as the administrator.</summary>
    public IReadOnlyList<HttpClient> Clients { get; private set; } = [];

    public string Connection { get; private set; } = string.Empty;

    public static async Task<ChaosRig> StartAsync(string folder, CancellationToken token)
    {
        ChaosRig rig = new(folder);
        try
        {
            await rig.StartAsync(token);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public Task DownAsync(Engine engine, CancellationToken token) => engine switch
    {
        Engine.Broker => _broker.DownAsync(token),
        Engine.Database => _database.DownAsync("QUIT"),
        _ => _objects.StopAsync(),
    };

    public Task UpAsync(Engine engine, CancellationToken token) => engine switch
    {
        Engine.Broker => _broker.UpAsync(token),
        Engine.Database => _database.UpAsync(),
        _ => _objects.StartAsync(),
    };

    /// <summary>Opens the case of a patient who does not exist; its number and its AE title.</summary>
    public async Task<(string Number, string AeTitle)> OpenCaseAsync(CancellationToken token)
    {
        using StringContent body = new(
            """
            {"specialty":"oncology","family":"Muster","given":"Erika","birthDate":"1964-08-12","question":"?",
             "identifiers":[{"issuer":"urn:north","value":"M1"}]}
            """,
            Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await Clients[0].PostAsync("api/cases", body, token);
        string text = await answer.Content.ReadAsStringAsync(token);
        Assert.That(answer.IsSuccessStatusCode, Is.True, text);
        using JsonDocument opened = JsonDocument.Parse(text);
        return (opened.RootElement.GetProperty("case").GetRawText(), opened.RootElement.GetProperty("aeTitle").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ChaosNode node in Nodes)
        {
            await node.DisposeAsync();
        }

        foreach (HttpClient client in Clients)
        {
            client.Dispose();
        }

        if (_objects is not null)
        {
            await _objects.DisposeAsync();
        }

        await _broker.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken token)
    {
        _objects = await S3Peer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder, "objects")).FullName);
        await _database.UpAsync();
        await _broker.UpAsync(token);
        Connection = await _database.CreateDatabaseAsync();
        Dictionary<string, string> settings = new()
        {
            ["RECORDHUB__Broker__Uri"] = _broker.Uri.ToString(),
            ["RECORDHUB__Database__Connection"] = Connection,
            ["RECORDHUB__Blobs__Uri"] = $"s3://records/chaos?endpoint={_objects.Address}&region=local",
            ["RECORDHUB__Blobs__AccessKey"] = "S3RVER",
            ["RECORDHUB__Blobs__SecretKey"] = "S3RVER",

            // Small, so that it is full long before the object store is back.
            ["RECORDHUB__Blobs__MaxSpoolBytes"] = $"{1 << 20}",
            ["RECORDHUB__Dicom__AcceptUnknownCallers"] = "true",
        };
        for (int door = 0; door < Doors; door++)
        {
            Nodes.Add(new ChaosNode(
                Data($"door-{door}"), settings, "--roles", "dicom,api", "--http", $"127.0.0.1:{_httpPorts[door]}",
                "--dicom", $"127.0.0.1:{_dicomPorts[door]}"));
            await ReadyAsync(Nodes[^1], token);
        }

        string secret = (await File.ReadAllTextAsync(Path.Combine(Data("door-0"), "admin.token"), token)).Trim();
        Clients = [.. _httpPorts.Select(port => Client(port, secret))];
        Nodes.Add(new ChaosNode(Data("worker-0"), settings, "--roles", "worker"));
        Nodes.Add(new ChaosNode(Data("worker-1"), settings, "--roles", "worker"));
        await ReadyAsync(Nodes[2], token);
        await ReadyAsync(Nodes[3], token);
    }

    private string Data(string node) => Directory.CreateDirectory(Path.Combine(_folder, node)).FullName;

    private static async Task ReadyAsync(ChaosNode node, CancellationToken token)
    {
        try
        {
            await node.Ready.WaitAsync(TimeSpan.FromMinutes(1), token);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It did not become ready: {node.Log}");
        }
    }

    private static HttpClient Client(int port, string secret)
    {
        HttpClient client = new()
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}/"),
            Timeout = TimeSpan.FromMinutes(3),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }
}
