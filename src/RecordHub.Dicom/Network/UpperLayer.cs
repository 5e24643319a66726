using static RecordHub.Dicom.Network.UpperLayerAction;

namespace RecordHub.Dicom.Network;

/// <summary>One association's upper layer: receives and sends PDUs as <see cref="UpperLayerTable"/> says.</summary>
/// <param name="transport">The connection.</param>
/// <param name="limits">What is taken and how long is waited.</param>
/// <param name="isRequestor">Which side we are.</param>
internal sealed class UpperLayer(PduTransport transport, UpperLayerLimits limits, bool isRequestor)
{
    // A peer that was never associated is not waited for longer than its answer needs to arrive.
    private static readonly TimeSpan s_strangersClose = TimeSpan.FromSeconds(1);
    private bool _wasEstablished;

    public PduTransport Transport => transport;

    public UpperLayerLimits Limits => limits;

    public UpperLayerState State { get; private set; } = UpperLayerState.Idle;

    /// <summary>Moves along the table.</summary>
    public UpperLayerAction Fire(UpperLayerEvent happened)
    {
        (UpperLayerAction action, State) = UpperLayerTable.On(State, happened, isRequestor);
        _wasEstablished |= State == UpperLayerState.Established;
        return action;
    }

    /// <summary>
    /// Receives the next PDU's header, legal in this state and of a length that may be awaited. Null: the connection
    /// ended between PDUs.
    /// </summary>
    /// <exception cref="AssociationException">The PDU is unknown, unexpected, too long, or an A-ABORT.</exception>
    public async ValueTask<PduHeader?> ReceiveAsync(long since, TimeSpan timeout, CancellationToken token = default)
    {
        PduHeader? received;
        try
        {
            received = await transport.ReadHeaderAsync(since, timeout, token).ConfigureAwait(false);
        }
        catch (AssociationException e) when (e.Ending == AssociationEnding.ProtocolViolation)
        {
            Fire(UpperLayerEvent.InvalidPduReceived);
            throw;
        }

        if (received is not { } header)
        {
            return null;
        }

        switch (Fire(UpperLayerTable.EventOf(header.Type)))
        {
            case Aa1 or Aa8:
                throw new AssociationException(AbortReason.UnexpectedPdu);
            case Aa2 or Aa3:
                AbortReason reason = header.Length == 4
                    ? await transport.ReadBodyAsync(header, transport.Now, limits.Stall, PduReader.ReadAbort)
                        .ConfigureAwait(false)
                    : AbortReason.NotSpecified;
                throw new AssociationException(AssociationEnding.PeerAborted, reason);
        }

        // Before the body is awaited, so that a hostile length cannot make us buffer it.
        if (header.Length < MinLength(header.Type) || header.Length > MaxLength(header.Type))
        {
            throw new AssociationException(AbortReason.InvalidPduParameterValue);
        }

        return header;
    }

    /// <summary>
    /// Ends the association as <paramref name="cause"/> asks: tells the peer if it is there, then waits for it to
    /// close, for a short while. The second time it does nothing.
    /// </summary>
    public async ValueTask AbortAsync(AssociationException cause)
    {
        if (transport.IsClosing)
        {
            return;
        }

        transport.IsClosing = true;
        bool tell = cause.PeerIsToBeTold;
        switch (State)
        {
            case UpperLayerState.Idle or UpperLayerState.AwaitingTransport:
                tell = false;
                break;
            case UpperLayerState.AwaitingRequest when cause.Ending == AssociationEnding.ProtocolViolation:
                Fire(UpperLayerEvent.InvalidPduReceived);
                break;
            case UpperLayerState.AwaitingRequest when cause.Ending == AssociationEnding.ConnectionLost:
                Fire(UpperLayerEvent.TransportClosed);
                break;
            case UpperLayerState.AwaitingRequest:
                Fire(UpperLayerEvent.ArtimExpired);
                tell = false;
                break;
            case UpperLayerState.AwaitingClose:
                break;
            default:
                Fire(tell ? UpperLayerEvent.AbortRequested : UpperLayerEvent.TransportClosed);
                break;
        }

        if (tell)
        {
            PduWriter.WriteAbort(transport.Output, cause.Reason);
            await FlushQuietlyAsync().ConfigureAwait(false);
            if (cause.Ending != AssociationEnding.ConnectionLost)
            {
                TimeSpan close = _wasEstablished || limits.Close < s_strangersClose ? limits.Close : s_strangersClose;
                await transport.DrainUntilClosedAsync(close).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends the last words, whether they arrive or not.</summary>
    public async ValueTask FlushQuietlyAsync()
    {
        try
        {
            await transport.FlushAsync(limits.Close).ConfigureAwait(false);
        }
        catch (AssociationException)
        {
            // The peer cannot be told any more.
        }
    }

    private static uint MinLength(PduType type) => type switch
    {
        PduType.AssociateRequest or PduType.AssociateAccept => 68,
        PduType.DataTransfer => PdvHeader.Size,
        _ => 4,
    };

    private uint MaxLength(PduType type) => type switch
    {
        PduType.AssociateRequest or PduType.AssociateAccept => limits.MaxAssociatePdu,
        PduType.DataTransfer => limits.MaxDataPdu == 0 ? int.MaxValue : limits.MaxDataPdu,
        _ => 4,
    };
}
