using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>The life of one accepted association, in the order in which it happens.</summary>
internal sealed partial class AcceptedAssociation(UpperLayer upperLayer, AcceptorOptions options, IAssociationHandler handler)
{
    private readonly PduTransport _transport = upperLayer.Transport;
    private AssociationRequest? _request;
    private UserInformation _user = new();
    private AssociationRejection? _rejection;
    private AssociationEnding _ending = AssociationEnding.Released;
    private IReadOnlyList<RefusedContext> _refused = [];
    private int _stored;
    private int _failed;

    /// <summary>Runs until the association is over in order.</summary>
    /// <exception cref="AssociationException">It ended out of order.</exception>
    public async Task RunAsync()
    {
        upperLayer.Fire(UpperLayerEvent.TransportIndicated);
        using DimseChannel? channel = await AssociateAsync().ConfigureAwait(false);
        if (channel is null)
        {
            return;
        }

        InvokedOperations invoked = new(channel, options.IdleTimeout, _transport.Time);
        QueryOperations queries = new(_transport, new QueryRunner(channel, invoked, handler).RunAsync);
        EventReporter reporter = new(channel, invoked, _transport);
        await using (reporter.ConfigureAwait(false))
        await using (queries.ConfigureAwait(false))
        {
            await handler.OpenedAsync(reporter, _transport.Abandoned).ConfigureAwait(false);
            try
            {
                while (await NextAsync(channel, queries).ConfigureAwait(false) is { } message)
                {
                    await DispatchAsync(channel, invoked, queries, message).ConfigureAwait(false);
                    channel.EndMessage();
                    reporter.NoteMessage();
                }
            }
            catch (AssociationException) when (queries.Failure is { } failure)
            {
                ExceptionDispatchInfo.Throw(failure);
            }
        }

        upperLayer.Fire(UpperLayerEvent.ReleaseAnswered);
        PduWriter.WriteReleaseResponse(_transport.Output);
        await upperLayer.CloseAsync(options.CloseTimeout, unread: 0).ConfigureAwait(false);
    }

    /// <summary>What happened; <paramref name="failure"/> is null when it ended in order.</summary>
    public AssociationSummary Summarize(AssociationException? failure) => new(
        _request, failure?.Ending ?? _ending, failure?.Reason ?? AbortReason.NotSpecified, failure?.Rejection ?? _rejection,
        _stored, _failed)
    {
        RefusedContexts = _refused,
    };

    /// <summary>Negotiates. Null: nothing was asked, or it was refused.</summary>
    private async Task<DimseChannel?> AssociateAsync()
    {
        long since = _transport.Now;
        if (await upperLayer.ReceiveAsync(since, options.Artim).ConfigureAwait(false) is not { } header)
        {
            _ending = AssociationEnding.NothingAsked;
            upperLayer.Fire(UpperLayerEvent.TransportClosed);
            return null;
        }

        AssociateRequestPdu asked = await _transport
            .ReadBodyAsync(header, since, options.Artim, AssociatePduReader.ReadRequest).ConfigureAwait(false);
        _user = asked.User;
        _request = new AssociationRequest
        {
            AssociationId = Guid.CreateVersion7().ToString("N"),
            CalledAeTitle = asked.CalledAeTitle,
            CallingAeTitle = asked.CallingAeTitle,
            PresentationContexts = asked.Contexts,
            ImplementationClassUid = asked.User.ImplementationClassUid,
            ImplementationVersionName = asked.User.ImplementationVersionName,
            UserIdentity = asked.User.Identity,
        };

        AssociationDecision decision = Negotiator.Refuse(asked) is { } refusal
            ? AssociationDecision.Reject(refusal)
            : await handler.AcceptAsync(_request, _transport.Abandoned).ConfigureAwait(false);
        if (decision is AssociationDecision.Rejected { Rejection: var rejection })
        {
            _ending = AssociationEnding.Rejected;
            _rejection = rejection;
            upperLayer.Fire(UpperLayerEvent.AssociateRejected);
            PduWriter.WriteReject(_transport.Output, rejection);
            await upperLayer.CloseAsync(options.CloseTimeout, unread: 0).ConfigureAwait(false);
            return null;
        }

        AssociationDecision.Accepted? accepted = decision as AssociationDecision.Accepted;
        Take(accepted?.Limits);
        AssociateAcceptPdu answer = Negotiator.Accept(
            asked, options, accepted?.UserIdentityResponse, accepted?.RefusedContexts);
        _refused = Negotiator.Refused(asked.Contexts, answer.Contexts);
        _transport.IsAssociated = true;
        upperLayer.Fire(UpperLayerEvent.AssociateAccepted);
        PduWriter.WriteAccept(_transport.Output, answer);
        await _transport.FlushAsync(options.StallTimeout).ConfigureAwait(false);
        return new DimseChannel(
            upperLayer, Negotiator.Agreed(asked.Contexts, answer.Contexts, answer.User.Roles), asked.User.MaxPduLength);
    }

    private void Take(AssociationLimits? own)
    {
        options = options with
        {
            MaxPduLength = own?.MaxPduLength ?? options.MaxPduLength,
            IdleTimeout = own?.IdleTimeout ?? options.IdleTimeout,
        };
        upperLayer.Limits = upperLayer.Limits with { MaxDataPdu = options.MaxPduLength };
    }

    /// <summary>The next message. A peer that waits for the end of its operation is not idle.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<DimseMessage?> NextAsync(DimseChannel channel, QueryOperations queries)
    {
        while (true)
        {
            try
            {
                return await channel.ReceiveAsync(options.IdleTimeout).ConfigureAwait(false);
            }
            catch (AssociationException e) when (e.Ending == AssociationEnding.TimedOut
                && !_transport.InMessage && queries.WereActive(options.IdleTimeout))
            {
                // Nothing of a message was taken yet.
            }
        }
    }

    private ValueTask DispatchAsync(
        DimseChannel channel, InvokedOperations invoked, QueryOperations queries, DimseMessage message)
    {
        switch (message.Command.CommandField)
        {
            case CommandField.EchoRequest:
                return EchoAsync(channel, message);
            case CommandField.StoreRequest:
                return StoreAsync(channel, message);
            case CommandField.ActionRequest or CommandField.EventReportRequest:
                return NormalizedAsync(channel, message);
            case CommandField.FindRequest or CommandField.MoveRequest or CommandField.GetRequest
                when QueryRetrieveClass.TryFind(message.Context.AbstractSyntax, out _):
                return QueryAsync(channel, queries, message);
            case CommandField.CancelRequest:
                queries.Cancel(message.Command.UInt16(CommandElement.MessageIdBeingRespondedTo) ?? 0);
                return SkipDataSetAsync(channel, message);

            // A response to something that we never asked.
            case >= CommandField.Response when !invoked.TryComplete(message.Command):
                throw new AssociationException(AbortReason.UnexpectedPdu);

            // The answer to a report may come with an event reply, which says nothing to us.
            case >= CommandField.Response:
                return SkipDataSetAsync(channel, message);
            default:
                return RefuseOperationAsync(channel, message);
        }
    }

    private async ValueTask QueryAsync(DimseChannel channel, QueryOperations queries, DimseMessage message)
    {
        StoreResponse? refusal;
        try
        {
            DicomDataSet identifier = await channel.ReadIdentifierAsync(message).ConfigureAwait(false);
            refusal = queries.TryAdd(message, QueryCommand.Read(message, identifier, Request, _user));
        }
        catch (InstanceException e)
        {
            refusal = e.ToResponse();
        }

        if (refusal is not null)
        {
            await channel.SendCommandAsync(message.Context.Id, DimseResponses.Final(message.Command, refusal))
                .ConfigureAwait(false);
        }
    }

    private async ValueTask EchoAsync(DimseChannel channel, DimseMessage message)
    {
        await SkipDataSetAsync(channel, message).ConfigureAwait(false);
        ushort messageId = message.Command.UInt16(CommandElement.MessageId) ?? 0;
        AssociationRequest request = Request;
        ushort status = await handler
            .EchoAsync(
                new EchoRequest(request.AssociationId, request.CallingAeTitle, request.CalledAeTitle, messageId),
                _transport.Abandoned)
            .ConfigureAwait(false);
        await channel.SendCommandAsync(message.Context.Id, DimseResponses.Echo(message.Command, status))
            .ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask StoreAsync(DimseChannel channel, DimseMessage message)
    {
        StoreResponse response = await IncomingStore
            .AnswerAsync(
                channel, message, StoreCommand.Refuse(message, options, _user), this,
                static (self, command, dataSet) => self.StoreAsync(command, dataSet))
            .ConfigureAwait(false);
        if (DimseStatus.IsStored(response.Status))
        {
            _stored++;
        }
        else
        {
            _failed++;
        }
    }

    private ValueTask<StoreResponse> StoreAsync(DimseMessage command, Stream dataSet) =>
        handler.StoreAsync(StoreCommand.Read(command, Request), dataSet, _transport.Abandoned);

    private static async ValueTask RefuseOperationAsync(DimseChannel channel, DimseMessage message)
    {
        await SkipDataSetAsync(channel, message).ConfigureAwait(false);
        await channel.SendCommandAsync(message.Context.Id, DimseResponses.Unrecognized(message.Command))
            .ConfigureAwait(false);
    }

    private static async ValueTask SkipDataSetAsync(DimseChannel channel, DimseMessage message)
    {
        if (message.Command.HasDataSet)
        {
            PdvStream dataSet = channel.OpenDataSet(message.Context);
            await using (dataSet.ConfigureAwait(false))
            {
                await dataSet.FinishAsync().ConfigureAwait(false);
            }
        }
    }

    private AssociationRequest Request =>
        _request ?? throw new InvalidOperationException("A message before the association.");
}
