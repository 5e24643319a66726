namespace RecordHub.Dicom.Network;

/// <content>N-ACTION and N-EVENT-REPORT (PS3.7 §10.1).</content>
internal sealed partial class AcceptedAssociation
{
    private async ValueTask NormalizedAsync(DimseChannel channel, DimseMessage message)
    {
        NormalizedRequest request = NormalizedCommand.Read(message, Request);
        NormalizedResponse response;
        PdvStream? dataSet = request.HasDataSet ? channel.OpenDataSet(message.Context) : null;
        try
        {
            response = await AnswerAsync(message.Command.CommandField, request, dataSet ?? Stream.Null).ConfigureAwait(false);
        }
        catch (InstanceException e)
        {
            response = new NormalizedResponse(e.Status, e.Message);
        }

        if (dataSet is not null)
        {
            await using (dataSet.ConfigureAwait(false))
            {
                await dataSet.FinishAsync().ConfigureAwait(false);
            }
        }

        await channel.SendCommandAsync(message.Context.Id, DimseResponses.Normalized(message.Command, response))
            .ConfigureAwait(false);
    }

    private ValueTask<NormalizedResponse> AnswerAsync(ushort commandField, NormalizedRequest request, Stream dataSet) =>
        commandField == CommandField.ActionRequest
            ? handler.ActionAsync(request, dataSet, _transport.Abandoned)
            : handler.EventReportAsync(request, dataSet, _transport.Abandoned);
}
