using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Tests.Dicom;

/// <summary>The door with certificates made for one test, and callers of it.</summary>
internal sealed class DicomTlsRig : IDisposable
{
    public DicomTlsRig()
    {
        Server = Authority.Issue("hub.example.org");
        North = Authority.Issue("north.example.org");
    }

    public TestCertificates Authority { get; } = new();

    public TestCertificate Server { get; }

    public TestCertificate North { get; }

    public void Dispose() => Authority.Dispose();

    public Task<DicomDoorHost> StartAsync(
        Func<RecordHubOptions, RecordHubOptions>? configure = null, ClientCertificates mode = ClientCertificates.Required)
    {
        DicomTls tls = new()
        {
            Endpoint = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = Server.Certificate,
            CertificateKey = Server.Key,
            TrustedCertificates = Authority.Trusted,
            ClientCertificates = mode,
        };
        return DicomDoorHost.StartAsync(options =>
        {
            options = options with { DicomTls = tls };
            return configure?.Invoke(options) ?? options;
        });
    }

    public PeerTls Tls(TestCertificate? own) => new()
    {
        Own = own is null ? null : CertificateFile.ReadOwn(own.Certificate, own.Key, null),
        Trusted = CertificateFile.ReadTrusted(Authority.Trusted),
    };

    public static async Task<ushort> EchoAsync(int port, PeerTls? tls, CancellationToken token)
    {
        await using PeerConnection connection = await PeerConnection.OpenAsync("127.0.0.1", port, tls, token);
        return await EchoAsync(connection, token);
    }

    public static async Task<ushort> EchoAsync(PeerConnection connection, CancellationToken token)
    {
        await using AssociationRequestor requestor = await AssociationRequestor.OpenAsync(
            connection, new RequestorOptions { CallingAeTitle = "NORTH", CalledAeTitle = "RECORDHUB" },
            ContextPlan.Verification, TimeProvider.System, token);
        ushort status = await requestor.EchoAsync(token);
        await requestor.ReleaseAsync(token);
        return status;
    }

    /// <summary>With TLS 1.3 a server refuses a client's certificate after the client's side of the handshake.</summary>
    public static async Task<bool> IsServedAsync(int port, PeerTls tls, CancellationToken token)
    {
        try
        {
            return await EchoAsync(port, tls, token) == DimseStatus.Success;
        }
        catch (Exception e) when (e is PeerUnreachableException or AssociationException)
        {
            return false;
        }
    }

    public async Task<string> ShownAsync(DicomDoorHost host, CancellationToken token)
    {
        await using SslStream stream = await HandshakeAsync(host.TlsPort, _ => { }, token);
        return X509CertificateLoader.LoadCertificate(stream.RemoteCertificate!.GetRawCertData())
            .GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256);
    }

    public async Task<SslStream> HandshakeAsync(
        int port, Action<SslClientAuthenticationOptions> configure, CancellationToken token)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, token);
        SslStream stream = new(new NetworkStream(socket, ownsSocket: true));
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "hub.example.org",
            CertificateChainPolicy = PeerTls.ChainTo(CertificateFile.ReadTrusted(Authority.Trusted)),
        };
        configure(options);
        try
        {
            await stream.AuthenticateAsClientAsync(options, token);
            return stream;
        }
        catch (Exception)
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
