using System.IO.Pipelines;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Network;

/// <summary>The requesting side of an association, over a connection that the caller opened.</summary>
/// <remarks>Not for concurrent calls. Disposing without <see cref="ReleaseAsync"/> aborts.</remarks>
public sealed partial class AssociationRequestor : IAsyncDisposable
{
    private readonly PduTransport _transport;
    private readonly UpperLayer _upperLayer;
    private readonly RequestorOptions _options;
    private readonly DimseChannel _channel;
    private readonly Dictionary<(Uid, Uid), AcceptedContext> _bySyntaxes = [];
    private readonly AssociationRequest _subOperations;
    private ushort _lastMessageId;

    private AssociationRequestor(
        UpperLayer upperLayer, RequestorOptions options, IReadOnlyList<PresentationContext> proposed,
        AssociateAcceptPdu answer)
    {
        _transport = upperLayer.Transport;
        _upperLayer = upperLayer;
        _options = options;

        // In a C-GET it is the peer that sends.
        _subOperations = new AssociationRequest
        {
            AssociationId = Guid.CreateVersion7().ToString("N"),
            CallingAeTitle = options.CalledAeTitle,
            CalledAeTitle = options.CallingAeTitle,
            PresentationContexts = proposed,
        };
        IReadOnlyDictionary<byte, AcceptedContext> agreed = Negotiator.Agreed(proposed, answer.Contexts, answer.User.Roles);
        _channel = new DimseChannel(upperLayer, agreed, answer.User.MaxPduLength);
        Roles = answer.User.Roles;
        Contexts = [.. agreed.Values];
        foreach (AcceptedContext context in Contexts)
        {
            if (context.RequestorIsScu)
            {
                _bySyntaxes.TryAdd((context.AbstractSyntax, context.TransferSyntax), context);
            }
        }
    }

    /// <summary>The roles that the peer granted; empty when it answered to none.</summary>
    public IReadOnlyList<RoleSelection> Roles { get; }

    /// <summary>The contexts that the peer accepted.</summary>
    public IReadOnlyList<AcceptedContext> Contexts { get; }

    /// <summary>Opens an association.</summary>
    /// <exception cref="AssociationException">Rejected, aborted, lost or timed out.</exception>
    public static async Task<AssociationRequestor> OpenAsync(
        IDuplexPipe transport,
        RequestorOptions options,
        IReadOnlyList<PresentationContext> contexts,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contexts.Count, ContextPlan.MaxContexts, nameof(contexts));
        UpperLayerLimits limits = new(
            options.MaxPduLength, options.MaxSentPduLength, options.MaxAssociatePduLength, options.StallTimeout,
            options.CloseTimeout);
        PduTransport pipe = new(transport, timeProvider, TimeSpan.Zero, CancellationToken.None);
        UpperLayer upperLayer = new(pipe, limits, isRequestor: true);
        bool opened = false;
        try
        {
            AssociateAcceptPdu answer = await GuardedAsync(
                upperLayer, () => AssociateAsync(upperLayer, options, contexts), cancellationToken)
                .ConfigureAwait(false);
            opened = true;
            return new AssociationRequestor(upperLayer, options, contexts, answer);
        }
        finally
        {
            if (!opened)
            {
                await pipe.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>The accepted context for this SOP class and transfer syntax; null when there is none.</summary>
    public AcceptedContext? FindContext(Uid sopClass, Uid transferSyntax) =>
        _bySyntaxes.GetValueOrDefault((sopClass, transferSyntax));

    /// <summary>Sends C-ECHO and returns the status.</summary>
    /// <exception cref="InvalidOperationException">The peer did not accept the Verification SOP class.</exception>
    public async Task<ushort> EchoAsync(CancellationToken cancellationToken)
    {
        AcceptedContext context = Contexts.FirstOrDefault(c => c.AbstractSyntax == WellKnownUids.Verification)
            ?? throw new InvalidOperationException("The peer did not accept the Verification SOP class.");
        ushort messageId = NextMessageId();
        CommandSet response = await GuardedAsync(
            async () =>
            {
                _upperLayer.Fire(UpperLayerEvent.DataRequested);
                await _channel.SendCommandAsync(context.Id, DimseRequests.Echo(messageId)).ConfigureAwait(false);
                return await ReceiveResponseAsync(CommandField.EchoRequest, messageId).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return StatusOf(response);
    }

    /// <summary>Ends the association in order.</summary>
    /// <exception cref="AssociationException">The peer did not agree in time.</exception>
    public Task ReleaseAsync(CancellationToken cancellationToken) => GuardedAsync(
        async () =>
        {
            _upperLayer.Fire(UpperLayerEvent.ReleaseRequested);
            PduWriter.WriteReleaseRequest(_transport.Output);
            await _transport.FlushAsync(_options.StallTimeout).ConfigureAwait(false);
            while (_upperLayer.State != UpperLayerState.Idle)
            {
                await ReceiveWhileReleasingAsync().ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    /// <summary>
    /// Ends an association on which everything was answered: a peer that closes, aborts or is silent instead of releasing
    /// changes nothing of that.
    /// </summary>
    /// <returns>How it ended when not in order; null when it did.</returns>
    public async Task<AssociationException?> TryReleaseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReleaseAsync(cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (AssociationException e)
        {
            return e;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _upperLayer.AbortAsync(new AssociationException(AssociationEnding.Stopped)).ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        _channel.Dispose();
    }

    private static async Task<AssociateAcceptPdu> AssociateAsync(
        UpperLayer upperLayer, RequestorOptions options, IReadOnlyList<PresentationContext> contexts)
    {
        upperLayer.Fire(UpperLayerEvent.AssociateRequested);
        upperLayer.Fire(UpperLayerEvent.TransportConfirmed);
        PduTransport pipe = upperLayer.Transport;
        PduWriter.WriteRequest(pipe.Output, new AssociateRequestPdu
        {
            CalledAeTitle = options.CalledAeTitle,
            CallingAeTitle = options.CallingAeTitle,
            Contexts = contexts,
            User = new UserInformation
            {
                MaxPduLength = options.MaxPduLength,
                ImplementationClassUid = Implementation.ClassUid,
                ImplementationVersionName = Implementation.VersionName,
                Roles = options.Roles,
                Identity = options.UserIdentity,
                Extended = options.QueryOptions is { } query
                    ? [.. contexts.Select(context => context.AbstractSyntax)
                        .Where(sopClass => QueryRetrieveClass.TryFind(sopClass, out _)).Distinct()
                        .Select(sopClass => new ExtendedNegotiation(sopClass, query.ToBytes(QueryOptions.Length)))]
                    : [],
            },
        });
        await pipe.FlushAsync(options.StallTimeout).ConfigureAwait(false);

        long since = pipe.Now;
        PduHeader header = await upperLayer.ReceiveAsync(since, options.AssociationTimeout).ConfigureAwait(false)
            ?? throw new AssociationException(AssociationEnding.ConnectionLost);
        return header.Type == PduType.AssociateReject
            ? throw new AssociationException(await pipe
                .ReadBodyAsync(header, since, options.AssociationTimeout, PduReader.ReadRejection).ConfigureAwait(false))
            : await pipe.ReadBodyAsync(header, since, options.AssociationTimeout, AssociatePduReader.ReadAccept)
                .ConfigureAwait(false);
    }

    /// <summary>One step on the way out: the peer's release response, its own release, or data that came too late.</summary>
    private async Task ReceiveWhileReleasingAsync()
    {
        long since = _transport.Now;
        PduHeader header = await _upperLayer.ReceiveAsync(since, _options.AssociationTimeout).ConfigureAwait(false)
            ?? throw new AssociationException(AssociationEnding.ConnectionLost);
        await _transport.SkipAsync(header.Length, since: null, _options.StallTimeout).ConfigureAwait(false);
        if (_upperLayer.State == UpperLayerState.CollisionRequestorLocal)
        {
            _upperLayer.Fire(UpperLayerEvent.ReleaseAnswered);
            PduWriter.WriteReleaseResponse(_transport.Output);
            await _transport.FlushAsync(_options.StallTimeout).ConfigureAwait(false);
        }
    }

    private async Task<CommandSet> ReceiveResponseAsync(ushort request, ushort messageId)
    {
        while (true)
        {
            DimseMessage? message = await _channel.ReceiveAsync(_options.ResponseTimeout).ConfigureAwait(false);
            if (message is null)
            {
                // The peer releases with our operation open: answered, and over.
                await AnswerReleaseAsync().ConfigureAwait(false);
                throw new AssociationException(AssociationEnding.Released);
            }

            CommandSet command = message.Command;
            if (command.CommandField == CommandField.EventReportRequest)
            {
                // What an SCP tells of its own accord may come between a request and its response.
                await TakeReportAsync(message).ConfigureAwait(false);
                continue;
            }

            if (command.HasDataSet)
            {
                await _channel.OpenDataSet(message.Context).FinishAsync().ConfigureAwait(false);
            }

            _channel.EndMessage();
            if (command.CommandField == (request | CommandField.Response)
                && command.UInt16(CommandElement.MessageIdBeingRespondedTo) == messageId)
            {
                return command;
            }

            // Nothing else was asked of the peer.
            throw new AssociationException(AbortReason.UnexpectedPdu);
        }
    }

    private Task<T> GuardedAsync<T>(Func<Task<T>> exchange, CancellationToken cancellationToken) =>
        _upperLayer.State == UpperLayerState.Established
            ? GuardedAsync(_upperLayer, exchange, cancellationToken)
            : throw new InvalidOperationException("The association is over.");

    /// <summary>Runs one exchange; when it fails, for whatever reason, the association is over.</summary>
    private static async Task<T> GuardedAsync<T>(
        UpperLayer upperLayer, Func<Task<T>> exchange, CancellationToken cancellationToken)
    {
        AssociationException? failure = new(AssociationEnding.Stopped);
        CancellationTokenRegistration wake =
            cancellationToken.UnsafeRegister(_ => upperLayer.Transport.Abandon(), null);
        await using (wake.ConfigureAwait(false))
        {
            try
            {
                T result = await exchange().ConfigureAwait(false);
                failure = null;
                return result;
            }
            catch (AssociationException e)
            {
                cancellationToken.ThrowIfCancellationRequested();
                failure = e;
                throw;
            }
            finally
            {
                if (failure is not null)
                {
                    await upperLayer.AbortAsync(failure).ConfigureAwait(false);
                }
            }
        }
    }

    private static ushort StatusOf(CommandSet response) => response.UInt16(CommandElement.Status)
        ?? DimseStatus.ProcessingFailure;

    private ushort NextMessageId() =>
        _lastMessageId = _lastMessageId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastMessageId + 1);
}
