using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Pipeline;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Fleets;

/// <summary>Doors and workers, each a process, on RabbitMQ, PostgreSQL and S3: several machines, but for the wires.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly string _folder;
    private readonly RabbitPeer _broker = new();
    private readonly PostgresPeer _database = new();
    private readonly int[] _dicomPorts;
    private readonly int[] _httpPorts;
    private readonly Dictionary<string, string> _settings = [];
    private S3Peer _objects = null!;

    private Fleet(string folder, int doors)
    {
        _folder = folder;
        _dicomPorts = [.. Enumerable.Range(0, doors).Select(_ => Peer.FreePort())];
        _httpPorts = [.. Enumerable.Range(0, doors).Select(_ => Peer.FreePort())];
    }

    /// <summary>The doors first.</summary>
    public List<FleetNode> Nodes { get; } = [];

    public IReadOnlyList<int> DicomPorts => _dicomPorts;

    /// <summary>A client of each door, as the administrator.</summary>
    public IReadOnlyList<HttpClient> Clients { get; private set; } = [];

    public string Connection { get; private set; } = string.Empty;

    /// <summary>Where the engines and the processes keep what they have: broker, database, objects, data folders.</summary>
    public IReadOnlyList<string> Folders =>
        [_broker.Folder, _database.Tables, .. Directory.EnumerateDirectories(_folder)];

    /// <summary>Where the broker keeps its queues.</summary>
    public string BrokerFolder => _broker.Folder;

    /// <summary>Starts the engines and the doors.</summary>
    /// <param name="folder">For all of it.</param>
    /// <param name="doors">How many processes with the roles dicom and api.</param>
    /// <param name="settings">What is set besides.</param>
    /// <param name="token">Gives up.</param>
    public static async Task<Fleet> StartAsync(
        string folder, int doors, IReadOnlyDictionary<string, string> settings, CancellationToken token)
    {
        Fleet fleet = new(folder, doors);
        try
        {
            await fleet.StartAsync(settings, token);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
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

    /// <summary>Starts a worker, and waits until it is ready.</summary>
    public Task AddWorkerAsync(CancellationToken token) =>
        AddAsync($"worker-{Nodes.Count - _httpPorts.Length}", token, "--roles", "worker");

    /// <summary>Waits until nothing is left in the outbox.</summary>
    public async Task UntilIdleAsync(CancellationToken token)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync(token))
        {
            try
            {
                using JsonDocument pipeline = JsonDocument.Parse(await Clients[0].GetStringAsync("api/pipeline", token));
                if (pipeline.RootElement.GetProperty("idle").GetBoolean())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // A door that was killed is being started.
            }
        }
    }

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
        foreach (FleetNode node in Nodes)
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

    private async Task StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken token)
    {
        _objects = await S3Peer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder, "objects")).FullName);
        await _database.UpAsync();
        await _broker.UpAsync(token);
        Connection = await _database.CreateDatabaseAsync();
        _settings["RECORDHUB__Broker__Uri"] = _broker.Uri.ToString();
        _settings["RECORDHUB__Database__Connection"] = Connection;
        _settings["RECORDHUB__Blobs__Uri"] = $"s3://records/fleet?endpoint={_objects.Address}&region=local";
        _settings["RECORDHUB__Blobs__AccessKey"] = "S3RVER";
        _settings["RECORDHUB__Blobs__SecretKey"] = "S3RVER";
        _settings["RECORDHUB__Dicom__AcceptUnknownCallers"] = "true";
        foreach ((string key, string value) in settings)
        {
            _settings[key] = value;
        }

        for (int door = 0; door < _httpPorts.Length; door++)
        {
            await AddAsync(
                $"door-{door}", token, "--roles", "dicom,api", "--http", $"127.0.0.1:{_httpPorts[door]}", "--dicom",
                $"127.0.0.1:{_dicomPorts[door]}");
        }

        string secret = (await File.ReadAllTextAsync(Path.Combine(Data("door-0"), "admin.token"), token)).Trim();
        Clients = [.. _httpPorts.Select(port => Client(port, secret))];
    }

    private async Task AddAsync(string name, CancellationToken token, params string[] arguments)
    {
        FleetNode node = new(Data(name), _settings, arguments);
        Nodes.Add(node);
        try
        {
            await node.Ready.WaitAsync(TimeSpan.FromMinutes(1), token);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{name} did not become ready: {node.Log}");
        }
    }

    private string Data(string node) => Directory.CreateDirectory(Path.Combine(_folder, node)).FullName;

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
