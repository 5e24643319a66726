using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>
/// Bounds the connections that have no association yet: in all, and of one address. One too many makes the one that has
/// waited longest go, so that who comes to speak always finds room, however many others only hold the line. It is told, and
/// may take some seconds to leave; when all connections together are too many, it is cut off.
/// </summary>
public sealed partial class ConnectionGate(RecordHubOptions options, TimeProvider time, ILogger<ConnectionGate> logger)
{
    private static readonly TimeSpan s_tellAgain = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly LinkedList<WaitingConnection> _waiting = new();
    private readonly LinkedList<WaitingConnection> _leaving = new();
    private readonly Dictionary<IPAddress, LinkedList<WaitingConnection>> _byAddress = [];
    private int _open;
    private long? _told;
    private long _crowdedOut;

    /// <summary>Connections without an association now.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Runs what follows on the connection, which counts until it is associated or over.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        using WaitingConnection waiting = Enter(connection);
        connection.Features.Set(waiting);
        await next(connection).ConfigureAwait(false);
    }

    internal void Leave(WaitingConnection connection, bool isClosed)
    {
        lock (_lock)
        {
            Forget(connection);
            _open -= isClosed ? 1 : 0;
        }
    }

    private WaitingConnection Enter(ConnectionContext connection)
    {
        WaitingConnection entering = new(this, AddressOf(connection.RemoteEndPoint), connection.Abort);
        WaitingConnection? leaving = null;
        WaitingConnection? cutOff = null;
        bool tell = false;
        lock (_lock)
        {
            if (!_byAddress.TryGetValue(entering.Address, out LinkedList<WaitingConnection>? ofAddress))
            {
                _byAddress[entering.Address] = ofAddress = new LinkedList<WaitingConnection>();
            }

            LinkedList<WaitingConnection>? full =
                ofAddress.Count >= options.DicomLimits.MaxWaitingPerAddress ? ofAddress
                : _waiting.Count >= options.DicomLimits.MaxWaiting ? _waiting
                : null;
            leaving = full?.First?.Value;
            if (leaving is not null)
            {
                Remove(leaving);
                leaving.InLeaving = _leaving.AddLast(leaving);
                _crowdedOut++;
                tell = _told is not { } told || time.GetElapsedTime(told) >= s_tellAgain;
                _told = tell ? time.GetTimestamp() : _told;
            }

            // Again: the list goes with the last of its address.
            _byAddress[entering.Address] = ofAddress;
            entering.InAll = _waiting.AddLast(entering);
            entering.OfAddress = ofAddress.AddLast(entering);
            if (++_open > (long)options.MaxAssociations + options.DicomLimits.MaxWaiting)
            {
                cutOff = (_leaving.First ?? _waiting.First)?.Value;
                Forget(cutOff);
            }
        }

        leaving?.CrowdOut();
        cutOff?.CutOff();
        if (tell)
        {
            Log.CrowdedOut(logger, entering.Address, Interlocked.Read(ref _crowdedOut));
        }

        return entering;
    }

    private void Forget(WaitingConnection? connection)
    {
        if (connection is not null)
        {
            Remove(connection);
        }

        if (connection?.InLeaving is { } leaving)
        {
            connection.InLeaving = null;
            _leaving.Remove(leaving);
        }
    }

    private void Remove(WaitingConnection connection)
    {
        if (connection is { InAll: { } inAll, OfAddress: { } ofAddress })
        {
            connection.InAll = null;
            connection.OfAddress = null;
            LinkedList<WaitingConnection>? list = ofAddress.List;
            _waiting.Remove(inAll);
            list?.Remove(ofAddress);
            if (list is { Count: 0 })
            {
                _byAddress.Remove(connection.Address);
            }
        }
    }

    /// <summary>One caller: an address, or the network that an IPv6 host takes its addresses from.</summary>
    private static IPAddress AddressOf(EndPoint? from)
    {
        if (from is not IPEndPoint { Address: var address })
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address.MapToIPv4();
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private static partial class Log
    {
        [LoggerMessage(1005, LogLevel.Warning, "Too many connections without an association, the last from {Address}: {Count} so far were told 2/3/1 (temporary congestion) to make room; see Dicom:MaxWaiting and Dicom:MaxWaitingPerAddress")]
        public static partial void CrowdedOut(ILogger logger, IPAddress address, long count);
    }
}
