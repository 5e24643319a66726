using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <content>N-ACTION and N-EVENT-REPORT, both ways (PS3.7 §10.1).</content>
public sealed partial class AssociationRequestor
{
    private const int MaxReportLength = 64 << 20;
    private readonly Queue<EventReport> _reports = new();

    /// <summary>Sends N-ACTION and returns the peer's answer.</summary>
    public Task<NormalizedResponse> ActAsync(
        AcceptedContext context, Uid sopInstance, ushort actionType, DicomDataSet information,
        CancellationToken cancellationToken)
    {
        ushort messageId = NextMessageId();
        return InvokeAsync(
            context, CommandField.ActionRequest, messageId,
            NormalizedCommand.Action(messageId, context.AbstractSyntax, sopInstance, actionType), information,
            cancellationToken);
    }

    /// <summary>Sends N-EVENT-REPORT, for which we proposed to be the SCP, and returns the peer's answer.</summary>
    public Task<NormalizedResponse> ReportAsync(
        AcceptedContext context, EventReport report, CancellationToken cancellationToken)
    {
        ushort messageId = NextMessageId();
        return InvokeAsync(
            context, CommandField.EventReportRequest, messageId, NormalizedCommand.EventReport(messageId, report),
            report.DataSet, cancellationToken);
    }

    /// <summary>
    /// The next report of the peer on this association that was answered with 0000; one that came while something else was
    /// awaited is given first. Null: the peer released the association instead.
    /// </summary>
    /// <exception cref="AssociationException">None came within the response time-out.</exception>
    public Task<EventReport?> ReceiveReportAsync(CancellationToken cancellationToken) =>
        _reports.TryDequeue(out EventReport? report)
            ? Task.FromResult<EventReport?>(report)
            : GuardedAsync(ReceiveReportAsync, cancellationToken);

    private Task<NormalizedResponse> InvokeAsync(
        AcceptedContext context, ushort request, ushort messageId, ReadOnlyMemory<byte> command, DicomDataSet information,
        CancellationToken cancellationToken) => GuardedAsync(
            async () =>
            {
                _upperLayer.Fire(UpperLayerEvent.DataRequested);
                await _channel
                    .SendMessageAsync(
                        context.Id, command, ServiceDataSet.ToBytes(information, context.TransferSyntax), cancellationToken)
                    .ConfigureAwait(false);
                CommandSet response = await ReceiveResponseAsync(request, messageId).ConfigureAwait(false);
                return new NormalizedResponse(StatusOf(response), response.Text(CommandElement.ErrorComment));
            },
            cancellationToken);

    private async Task<EventReport?> ReceiveReportAsync()
    {
        EventReport? report;
        while (!_reports.TryDequeue(out report))
        {
            DimseMessage? message = await _channel.ReceiveAsync(_options.ResponseTimeout).ConfigureAwait(false);
            if (message is null)
            {
                await AnswerReleaseAsync().ConfigureAwait(false);
                return null;
            }

            await TakeReportAsync(message).ConfigureAwait(false);
        }

        return report;
    }

    private async Task AnswerReleaseAsync()
    {
        _upperLayer.Fire(UpperLayerEvent.ReleaseAnswered);
        PduWriter.WriteReleaseResponse(_transport.Output);
        await _transport.FlushAsync(_options.StallTimeout).ConfigureAwait(false);
    }

    /// <summary>Takes a report and says so; anything else was not asked of the peer.</summary>
    private async Task TakeReportAsync(DimseMessage message)
    {
        if (message.Command is not { CommandField: CommandField.EventReportRequest, HasDataSet: true } command)
        {
            throw new AssociationException(AbortReason.UnexpectedPdu);
        }

        PdvStream dataSet = _channel.OpenDataSet(message.Context);
        await using (dataSet.ConfigureAwait(false))
        {
            NormalizedResponse response = NormalizedResponse.Success;
            Uid sopClass = command.Uid(CommandElement.AffectedSopClassUid);
            Uid instance = command.Uid(CommandElement.AffectedSopInstanceUid);
            ushort type = command.UInt16(CommandElement.EventTypeId) ?? 0;
            try
            {
                DicomDataSet information = await ServiceDataSet
                    .ReadAsync(dataSet, message.Context.TransferSyntax, MaxReportLength, CancellationToken.None)
                    .ConfigureAwait(false);
                EventReport report = new(sopClass, instance, type, information);
                response = _options.AnswerReport(report);
                if (response.Status == DimseStatus.Success)
                {
                    _reports.Enqueue(report);
                }
            }
            catch (InstanceException e)
            {
                response = new NormalizedResponse(e.Status, e.Message);
            }

            await dataSet.FinishAsync().ConfigureAwait(false);
            _channel.EndMessage();
            await _channel.SendCommandAsync(message.Context.Id, DimseResponses.Normalized(command, response))
                .ConfigureAwait(false);
        }
    }
}
