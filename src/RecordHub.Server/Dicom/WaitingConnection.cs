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

    /// <summary>Its place among those that were asked to make room and have not left yet.</summary>
    internal LinkedListNode<WaitingConnection>? InLeaving { get; set; }

    /// <summary>Cancelled when it has to make room; before this is asked for, as in a TLS handshake, it is cut off.</summary>
    public CancellationToken Listen()
    {
        _listens = true;
        return _crowdedOut.Token;
    }

    /// <summary>It has an association: it is nobody's to crowd out.</summary>
    public void Associated() => _gate.Leave(this, isClosed: false);

    /// <inheritdoc />
    public void Dispose()
    {
        _gate.Leave(this, isClosed: true);
        _crowdedOut.Dispose();
    }

    /// <summary>Makes it go after it was told why.</summary>
    internal void CrowdOut() => Leave(told: _listens);

    /// <summary>Makes it go at once.</summary>
    internal void CutOff() => Leave(told: false);

    private void Leave(bool told)
    {
        try
        {
            if (told)
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
