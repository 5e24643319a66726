using System.Net;

namespace RecordHub.Server.Dicom;

/// <summary>A connection that has no association yet.</summary>
public sealed class WaitingConnection : IDisposable
{
    private readonly ConnectionGate _gate;
    private readonly Action _abort;
    private readonly CancellationTokenSource _crowdedOut = new();
    private volatile bool _listens;

    internal WaitingConnection(ConnectionGate gate, IPAddress address, Action abort)
    {
        _gate = gate;
        Address = address;
        _abort = abort;
    }

    /// <summary>Where it comes from.</summary>
    public IPAddress Address { get; }

    internal LinkedListNode<WaitingConnection>? InAll { get; set; }

    internal LinkedListNode<WaitingConnection>? OfAddress { get; set; }

    /// <summary>Cancelled when it has to make room; before this is asked for, as in a TLS handshake, it is cut off.</summary>
    public CancellationToken Listen()
    {
        _listens = true;
        return _crowdedOut.Token;
    }

    /// <summary>It has an association: it is nobody's to crowd out.</summary>
    public void Associated() => _gate.Leave(this);

    /// <inheritdoc />
    public void Dispose()
    {
        _gate.Leave(this);
        _crowdedOut.Dispose();
    }

    internal void CrowdOut()
    {
        try
        {
            if (_listens)
            {
                _crowdedOut.Cancel();
            }
            else
            {
                _abort();
            }
        }
        catch (ObjectDisposedException)
        {
            // It went by itself.
        }
    }
}
