using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace RecordHub.Server.Dicom;

/// <summary>What the connection tells of the caller, before a word of DICOM.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Certificate">Its certificate, already checked; null when it has none, or comes without TLS.</param>
/// <param name="Waiting">Its place among those without an association; null when nobody counts them.</param>
public sealed record DicomCaller(EndPoint? Address, X509Certificate2? Certificate, WaitingConnection? Waiting)
{
    /// <summary>The caller on this connection.</summary>
    public static DicomCaller Of(ConnectionContext connection) => new(
        connection.RemoteEndPoint,
        connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate,
        connection.Features.Get<WaitingConnection>());
}
