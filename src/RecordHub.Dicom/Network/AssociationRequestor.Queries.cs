using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Network;

/// <content>C-FIND, C-MOVE and C-GET (PS3.4 Annex C).</content>
public sealed partial class AssociationRequestor
{
    /// <summary>Whether the peer accepted a service of query and retrieve.</summary>
    public bool Accepts(QueryService service, QueryModel model) =>
        Contexts.Any(context => context.AbstractSyntax == QueryRetrieveClass.Of(service, model));

    /// <summary>Finds.</summary>
    /// <param name="query">What.</param>
    /// <param name="matched">Takes each match; false when there are enough, which cancels.</param>
    /// <param name="cancellationToken">Gives up; the association is aborted.</param>
    public Task<QueryResult> FindAsync(
        OutgoingQuery query, Func<FindMatch, bool> matched, CancellationToken cancellationToken) =>
        QueryAsync(QueryService.Find, query, destination: null, store: null,
            (response, identifier) => identifier is null || matched(new FindMatch(
                identifier, StatusOf(response) == DimseStatus.PendingWithUnsupportedKeys)),
            cancellationToken);

    /// <summary>Has the peer send instances to an application entity that it knows.</summary>
    public Task<QueryResult> MoveAsync(
        OutgoingQuery query, string destination, Action<SubOperationCounts>? progress,
        CancellationToken cancellationToken) =>
        QueryAsync(QueryService.Move, query, destination, store: null, Telling(progress), cancellationToken);

    /// <summary>Has the peer send instances on this association, on contexts whose SCP we are.</summary>
    /// <param name="query">What.</param>
    /// <param name="store">Takes each instance, as <see cref="IAssociationHandler.StoreAsync"/> does.</param>
    /// <param name="progress">Hears the counts.</param>
    /// <param name="cancellationToken">Gives up; the association is aborted.</param>
    public Task<QueryResult> GetAsync(
        OutgoingQuery query, Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> store,
        Action<SubOperationCounts>? progress, CancellationToken cancellationToken) =>
        QueryAsync(QueryService.Get, query, destination: null, store, Telling(progress), cancellationToken);

    private static Func<CommandSet, DicomDataSet?, bool> Telling(
        Action<SubOperationCounts>? progress) => (response, _) =>
        {
            progress?.Invoke(CountsOf(response));
            return true;
        };

    private Task<QueryResult> QueryAsync(
        QueryService service, OutgoingQuery query, string? destination,
        Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>>? store,
        Func<CommandSet, DicomDataSet?, bool> pending, CancellationToken cancellationToken)
    {
        Uid sopClass = QueryRetrieveClass.Of(service, query.Model);
        AcceptedContext context = Contexts.FirstOrDefault(context => context.AbstractSyntax == sopClass)
            ?? throw new InvalidOperationException($"The peer did not accept {UidDictionary.NameOf(sopClass)}.");
        ushort messageId = NextMessageId();
        ReadOnlyMemory<byte> identifier = ServiceDataSet.ToBytes(query.Identifier, context.TransferSyntax);
        return GuardedAsync(
            async () =>
            {
                _upperLayer.Fire(UpperLayerEvent.DataRequested);
                await _channel
                    .SendMessageAsync(
                        context.Id, DimseRequests.Query(messageId, sopClass, service, destination),
                        identifier, cancellationToken)
                    .ConfigureAwait(false);
                return await ReceiveResponsesAsync(
                    context, messageId, CommandField.Response | QueryCommand.FieldOf(service), query, store, pending,
                    cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);
    }

    private async Task<QueryResult> ReceiveResponsesAsync(
        AcceptedContext context, ushort messageId, int expected, OutgoingQuery query,
        Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>>? store,
        Func<CommandSet, DicomDataSet?, bool> pending, CancellationToken cancellationToken)
    {
        bool cancelled = false;
        while (true)
        {
            if (query.Cancelling.IsCancellationRequested && !cancelled)
            {
                cancelled = true;
                await CancelAsync(context, messageId, cancellationToken).ConfigureAwait(false);
            }

            DimseMessage? message;
            try
            {
                message = await _channel
                    .ReceiveAsync(_options.ResponseTimeout, cancelled ? CancellationToken.None : query.Cancelling)
                    .ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (query.Cancelling.IsCancellationRequested && !cancelled)
            {
                continue;
            }

            if (message is null)
            {
                // The peer releases with our operation open: answered, and over.
                await AnswerReleaseAsync().ConfigureAwait(false);
                throw new AssociationException(AssociationEnding.Released);
            }

            CommandSet command = message.Command;
            if (command.CommandField == CommandField.StoreRequest && store is not null)
            {
                await TakeAsync(message, store, cancellationToken).ConfigureAwait(false);
                _channel.EndMessage();
                continue;
            }

            if (command.CommandField != expected
                || command.UInt16(CommandElement.MessageIdBeingRespondedTo) != messageId)
            {
                throw new AssociationException(AbortReason.UnexpectedPdu);
            }

            DicomDataSet? identifier = await ReadIdentifierAsync(message).ConfigureAwait(false);
            _channel.EndMessage();
            if (!DimseStatus.IsPending(StatusOf(command)))
            {
                return ResultOf(command, identifier);
            }

            if (!pending(command, identifier) && !cancelled)
            {
                cancelled = true;
                await CancelAsync(context, messageId, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private ValueTask CancelAsync(AcceptedContext context, ushort messageId, CancellationToken cancellationToken) =>
        _channel.SendCommandAsync(context.Id, DimseRequests.Cancel(messageId), cancellationToken);

    private ValueTask<StoreResponse> TakeAsync(
        DimseMessage message, Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> store,
        CancellationToken cancellationToken) => IncomingStore.AnswerAsync(
            _channel, message, StoreCommand.RefuseSubOperation(message), this,
            (self, command, dataSet) => store(StoreCommand.Read(command, self._subOperations), dataSet, cancellationToken));

    private static SubOperationCounts CountsOf(CommandSet response) => new(
        response.UInt16(CommandElement.RemainingSubOperations) ?? 0,
        response.UInt16(CommandElement.CompletedSubOperations) ?? 0,
        response.UInt16(CommandElement.FailedSubOperations) ?? 0,
        response.UInt16(CommandElement.WarningSubOperations) ?? 0);

    /// <summary>Null when there is none.</summary>
    private async ValueTask<DicomDataSet?> ReadIdentifierAsync(DimseMessage message)
    {
        try
        {
            return message.Command.HasDataSet
                ? await _channel.ReadIdentifierAsync(message).ConfigureAwait(false)
                : null;
        }
        catch (InstanceException)
        {
            throw new AssociationException(AbortReason.UnexpectedPduParameter);
        }
    }

    private static QueryResult ResultOf(CommandSet response, DicomDataSet? identifier) => new(
        StatusOf(response), response.Text(CommandElement.ErrorComment), CountsOf(response),
        [.. (identifier?.GetStrings(DicomTags.FailedSOPInstanceUIDList) ?? [])
            .Select(text => Uid.TryParse(text, out Uid uid) ? uid : Uid.None).Where(uid => !uid.IsNone)]);
}
