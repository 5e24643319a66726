using System.Runtime.CompilerServices;
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

    // The body of a PDU that was unexpected: after it the next one begins. Null when PDUs cannot be told apart any more.
    private uint? _unexpectedLength;

    public PduTransport Transport => transport;

    /// <summary>What is taken and how long is waited; a caller's own limits count once it is known.</summary>
    public UpperLayerLimits Limits { get; set; } = limits;

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
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
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
                _unexpectedLength = header.Length;
                throw new AssociationException(AbortReason.UnexpectedPdu);
            case Aa2 or Aa3:
                AbortReason reason = header.Length == 4
                    ? await transport.ReadBodyAsync(header, transport.Now, Limits.Stall, PduReader.ReadAbort)
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
        if (cause.Rejection is { } rejection
            && State is UpperLayerState.AwaitingRequest or UpperLayerState.AwaitingLocalAnswer)
        {
            // There is no room to wait for the question, to which this is an answer that the requestor can read.
            Fire(State == UpperLayerState.AwaitingRequest
                ? UpperLayerEvent.ArtimExpired : UpperLayerEvent.AssociateRejected);
            PduWriter.WriteReject(transport.Output, rejection);
            await FlushQuietlyAsync().ConfigureAwait(false);
            return;
        }

        if (!MoveToAbort(cause))
        {
            return;
        }

        PduWriter.WriteAbort(transport.Output, cause.AbortSource, cause.Reason);
        if (cause.Ending == AssociationEnding.ConnectionLost)
        {
            await FlushQuietlyAsync().ConfigureAwait(false);
            return;
        }

        TimeSpan close = _wasEstablished || Limits.Close < s_strangersClose ? Limits.Close : s_strangersClose;
        await CloseAsync(close, _unexpectedLength).ConfigureAwait(false);
    }

    /// <summary>
    /// Sta13: sends what was written last, then answers as the table says until the peer closes or ARTIM expires.
    /// </summary>
    /// <param name="artim">How long to wait for the peer.</param>
    /// <param name="unread">Bytes before the next PDU; null when PDUs cannot be told apart any more.</param>
    public async ValueTask CloseAsync(TimeSpan artim, uint? unread)
    {
        transport.IsClosing = true;
        await FlushQuietlyAsync().ConfigureAwait(false);
        long since = transport.Now;
        try
        {
            while (unread is { } length)
            {
                await transport.SkipAsync(length, since, artim).ConfigureAwait(false);
                if (await transport.ReadHeaderAsync(since, artim).ConfigureAwait(false) is not { } header)
                {
                    Fire(UpperLayerEvent.TransportClosed);
                    return;
                }

                unread = header.Length;
                switch (Fire(UpperLayerTable.EventOf(header.Type)))
                {
                    case Aa2:
                        return;
                    case Aa7:
                        await AbortAgainAsync(AbortReason.UnexpectedPdu).ConfigureAwait(false);
                        break;
                }
            }
        }
        catch (AssociationException e) when (e.Ending == AssociationEnding.ProtocolViolation)
        {
            Fire(UpperLayerEvent.InvalidPduReceived);
            await AbortAgainAsync(e.Reason).ConfigureAwait(false);
        }
        catch (AssociationException)
        {
            // Closed the hard way, or not in time: over either way.
            return;
        }

        await transport.DrainUntilClosedAsync(since, artim).ConfigureAwait(false);
    }

    /// <summary>Sends the last words, whether they arrive or not.</summary>
    public async ValueTask FlushQuietlyAsync()
    {
        try
        {
            await transport.FlushAsync(Limits.Close).ConfigureAwait(false);
        }
        catch (AssociationException)
        {
            // The peer cannot be told any more.
        }
    }

    private ValueTask AbortAgainAsync(AbortReason reason)
    {
        PduWriter.WriteAbort(transport.Output, AbortSource.Provider, reason);
        return FlushQuietlyAsync();
    }

    /// <summary>Moves to the end that the cause asks for; whether the peer is to be told.</summary>
    private bool MoveToAbort(AssociationException cause)
    {
        switch (State)
        {
            case UpperLayerState.Idle or UpperLayerState.AwaitingTransport:
                return false;
            case UpperLayerState.AwaitingClose:
                return cause.PeerIsToBeTold;
            case UpperLayerState.AwaitingRequest:
                Fire(cause.Ending switch
                {
                    AssociationEnding.ProtocolViolation => UpperLayerEvent.InvalidPduReceived,
                    AssociationEnding.ConnectionLost => UpperLayerEvent.TransportClosed,
                    _ => UpperLayerEvent.ArtimExpired,
                });
                return cause.PeerIsToBeTold && cause.Ending is AssociationEnding.ProtocolViolation or AssociationEnding.ConnectionLost;
            default:
                Fire((cause.PeerIsToBeTold, cause.Ending) switch
                {
                    (false, _) => UpperLayerEvent.TransportClosed,
                    (_, AssociationEnding.ProtocolViolation) => UpperLayerEvent.InvalidPduReceived,
                    _ => UpperLayerEvent.AbortRequested,
                });
                return cause.PeerIsToBeTold;
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
        PduType.AssociateRequest or PduType.AssociateAccept => Limits.MaxAssociatePdu,
        PduType.DataTransfer => Limits.MaxDataPdu == 0 ? int.MaxValue : Limits.MaxDataPdu,
        _ => 4,
    };
}
