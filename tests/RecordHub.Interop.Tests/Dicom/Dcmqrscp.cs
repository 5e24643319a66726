namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A private dcmqrscp on loopback, as ARCHIVE, that knows one other node, and what it logs.</summary>
internal sealed class Dcmqrscp : IAsyncDisposable
{
    private readonly Peer _peer;
    private readonly string _folder;
    private readonly string _log;

    private Dcmqrscp(Peer peer, string folder, string log, int port)
    {
        _peer = peer;
        _folder = folder;
        _log = log;
        Port = port;
    }

    public int Port { get; }

    /// <summary>What it has logged.</summary>
    public string Log => File.ReadAllText(_log);

    public static Task<Dcmqrscp> StartAsync(int hubPort, CancellationToken token) =>
        StartAsync(Peer.FreePort(), hubPort, token);

    /// <summary>The same, with a port that is known before, and options of its own.</summary>
    public static async Task<Dcmqrscp> StartAsync(int port, int hubPort, CancellationToken token, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-dcmqrscp-").FullName;
        string archive = Directory.CreateDirectory(Path.Combine(folder, "archive")).FullName;
        string configuration = Path.Combine(folder, "dcmqrscp.cfg");
        await File.WriteAllTextAsync(configuration,
            $"""
            NetworkTCPPort = {port}
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            hub = (RECORDHUB, 127.0.0.1, {hubPort})
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            ARCHIVE {archive} RW (200, 1024mb) ANY
            AETable END

            """, token);
        string log = Path.Combine(folder, "log");
        string logging = await DcmtkLog.ConfigureAsync(folder, log, token);
        Peer peer = await Peer.ServeAsync("dcmqrscp", port, token, ["-lc", logging, "-c", configuration, .. options]);
        return new Dcmqrscp(peer, folder, log, port);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
