using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Network;

/// <summary>Runs one C-FIND, C-MOVE or C-GET to its last response (PS3.4 §C.4, PS3.7 §9.1.2 to §9.1.4).</summary>
internal sealed class QueryRunner(DimseChannel channel, InvokedOperations invoked, IAssociationHandler handler)
{
    // A list of UIDs has a 16-bit length where representations are explicit.
    private const int MaxListLength = 65_534;

    private static readonly StoreResponse s_cancelled = new(DimseStatus.Cancelled);

    /// <summary>Ends with the response, or without one when the association is <paramref name="over"/>.</summary>
    public async Task RunAsync(QueryOperation operation, CancellationToken over)
    {
        using CancellationTokenSource either =
            CancellationTokenSource.CreateLinkedTokenSource(operation.Cancelled, over);
        try
        {
            StoreResponse final;
            try
            {
                final = operation.Request.SopClass.Service == QueryService.Find
                    ? await FindAsync(operation, over, either.Token).ConfigureAwait(false)
                    : await RetrieveAsync(operation, over, either.Token).ConfigureAwait(false);
            }
            catch (InstanceException e)
            {
                final = e.ToResponse();
            }
            catch (OperationCanceledException) when (!over.IsCancellationRequested && either.IsCancellationRequested)
            {
                final = s_cancelled;
            }

            await EndAsync(operation, final, over).ConfigureAwait(false);
        }
        finally
        {
            handler.Ended(operation.Summary);
        }
    }

    private async Task<StoreResponse> FindAsync(
        QueryOperation operation, CancellationToken over, CancellationToken cancelled)
    {
        await foreach (FindMatch match in handler.FindAsync(operation.Request, cancelled).ConfigureAwait(false))
        {
            cancelled.ThrowIfCancellationRequested();
            ushort status = match.HasUnsupportedKeys ? DimseStatus.PendingWithUnsupportedKeys : DimseStatus.Pending;
            await channel
                .SendMessageAsync(
                    operation.Context.Id, DimseResponses.Match(operation.Command, status),
                    ServiceDataSet.ToBytes(match.Identifier, operation.Context.TransferSyntax), over)
                .ConfigureAwait(false);
            operation.Matches++;
        }

        return StoreResponse.Success;
    }

    private async Task<StoreResponse> RetrieveAsync(
        QueryOperation operation, CancellationToken over, CancellationToken cancelled)
    {
        bool isMove = operation.Request.SopClass.Service == QueryService.Move;
        Retrieval retrieval = isMove
            ? await handler.MoveAsync(operation.Request, cancelled).ConfigureAwait(false)
            : await handler.GetAsync(operation.Request, cancelled).ConfigureAwait(false);
        MoveOriginator? originator =
            isMove ? new(operation.Request.CallingAeTitle, operation.Request.MessageId) : null;
        operation.Counts = new SubOperationCounts(retrieval.Instances.Count, 0, 0, 0);
        string? why = null;
        IInstanceSender sender = retrieval.Destination ?? new SameAssociationSender(channel, invoked);
        await using (sender.ConfigureAwait(false))
        {
            foreach (RetrievedInstance instance in retrieval.Instances)
            {
                // A sub-operation under way is finished: a message cannot be taken back.
                if (operation.Cancelled.IsCancellationRequested)
                {
                    return s_cancelled;
                }

                StoreResponse answer = await sender.SendAsync(instance, originator, over).ConfigureAwait(false);
                Count(operation, instance, answer.Status);
                why ??= DimseStatus.IsStored(answer.Status) ? null : answer.Comment ?? Unexplained(answer.Status);
                await channel
                    .SendCommandAsync(
                        operation.Context.Id,
                        DimseResponses.Retrieve(operation.Command, new(DimseStatus.Pending), operation.Counts, false), over)
                    .ConfigureAwait(false);
            }
        }

        return operation.Counts switch
        {
            { Failed: 0, Warning: 0 } => StoreResponse.Success,
            { Failed: 0 } => new(DimseStatus.SubOperationsFailed, "Some instances were stored with a warning"),
            { Completed: 0, Warning: 0 } => new(DimseStatus.CannotPerformSubOperations, why),
            _ => new(DimseStatus.SubOperationsFailed, why),
        };
    }

    private static string Unexplained(ushort status) =>
        string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status:X4} without a reason");

    private static void Count(QueryOperation operation, RetrievedInstance instance, ushort status)
    {
        SubOperationCounts counts = operation.Counts with { Remaining = operation.Counts.Remaining - 1 };
        if (status == DimseStatus.Success)
        {
            operation.Counts = counts with { Completed = counts.Completed + 1 };
        }
        else if (DimseStatus.IsStored(status))
        {
            operation.Counts = counts with { Warning = counts.Warning + 1 };
        }
        else
        {
            operation.Counts = counts with { Failed = counts.Failed + 1 };
            operation.FailedInstances.Add(instance.SopInstanceUid);
        }
    }

    private async Task EndAsync(QueryOperation operation, StoreResponse final, CancellationToken over)
    {
        operation.Final = final;
        if (operation.Request.SopClass.Service == QueryService.Find)
        {
            await channel
                .SendCommandAsync(operation.Context.Id, DimseResponses.Final(operation.Command, final), over)
                .ConfigureAwait(false);
        }
        else
        {
            ReadOnlyMemory<byte>? list = operation.FailedInstances.Count == 0
                ? default(ReadOnlyMemory<byte>?)
                : ServiceDataSet.ToBytes(FailedList(operation.FailedInstances), operation.Context.TransferSyntax);
            await channel
                .SendMessageAsync(
                    operation.Context.Id,
                    DimseResponses.Retrieve(operation.Command, final, operation.Counts, list.HasValue), list, over)
                .ConfigureAwait(false);
        }

    }

    /// <summary>(0008,0058), as many as fit.</summary>
    private static DicomDataSet FailedList(List<Uid> failed)
    {
        int length = 0;
        string[] fitting =
            [.. failed.Select(uid => uid.ToString()).TakeWhile(text => (length += text.Length + 1) <= MaxListLength)];
        return new DicomDataSet().Add(DicomTags.FailedSOPInstanceUIDList, fitting);
    }
}
