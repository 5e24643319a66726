using Microsoft.Extensions.Logging;
using RecordHub.Core.Commitment;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Takes requests for storage commitment (PS3.4 §J.3.2); what becomes of them the <see cref="CommitmentReporter"/> tells.</summary>
public sealed partial class CommitmentDoor(
    ICommitmentOrders orders, OpenAssociations open, CommitmentOptions options, ILogger<CommitmentDoor> logger)
{
    /// <summary>Answers N-ACTION; 0000 means that the request is recorded durably.</summary>
    /// <exception cref="InstanceException">The request is not what the standard asks for.</exception>
    public async ValueTask<NormalizedResponse> ActAsync(
        NormalizedRequest request, Stream dataSet, AdmittedCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (Refuse(request) is { } refusal)
        {
            return refusal;
        }

        DicomDataSet information = await ServiceDataSet
            .ReadAsync(dataSet, request.Context.TransferSyntax, options.MaxRequestBytes, cancellationToken)
            .ConfigureAwait(false);
        CommitmentRequest asked = StorageCommitment.ReadRequest(information);
        CommitmentOrder order = new()
        {
            Site = caller.Site?.Name,
            Tenant = caller.Tenant,
            CallingAeTitle = request.CallingAeTitle,
            CalledAeTitle = request.CalledAeTitle,
            TransactionUid = asked.TransactionUid.ToString(),
            References = [.. asked.References.Select(
                reference => new InstanceReference(reference.SopClass.ToString(), reference.SopInstance.ToString()))],
        };
        return await RecordAsync(order, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes an association on which reports can go out; what waits for its sender is due now.</summary>
    public async ValueTask OpenAsync(
        EventReporter reporter, AdmittedCaller caller, string callingAeTitle, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        open.Add(reporter, new OpenAssociations.Sender(caller.Site?.Name, caller.Tenant, callingAeTitle));
        try
        {
            await orders.HurryAsync(caller.Site?.Name, callingAeTitle, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // what waits is due a little later then, and the association is not to suffer
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.NotHurried(logger, callingAeTitle, e.GetType().Name);
        }
    }

    /// <summary>Forgets an association that is over.</summary>
    public void Close(EventReporter reporter) => open.Remove(reporter);

    private static NormalizedResponse? Refuse(NormalizedRequest request)
    {
        if (request.Context.AbstractSyntax != WellKnownUids.StorageCommitment)
        {
            return NormalizedResponse.Unrecognized;
        }

        if (request.SopClassUid != WellKnownUids.StorageCommitment)
        {
            return new NormalizedResponse(DimseStatus.NoSuchSopClass, "Not the SOP class of this presentation context");
        }

        if (request.SopInstanceUid != WellKnownUids.StorageCommitmentInstance)
        {
            return new NormalizedResponse(DimseStatus.NoSuchSopInstance, "Not the well-known instance 1.2.840.10008.1.20.1.1");
        }

        return request.TypeId == StorageCommitment.RequestAction
            ? null
            : new NormalizedResponse(DimseStatus.NoSuchAction, "The only action is 1, request storage commitment");
    }

    private async Task<NormalizedResponse> RecordAsync(
        CommitmentOrder order, NormalizedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await orders.RecordAsync(order, cancellationToken).ConfigureAwait(false);
            Log.Recorded(logger, request.AssociationId, order.CallingAeTitle, order.References.Count);
            return NormalizedResponse.Success;
        }
        catch (Exception e) when (e is StorageFullException or StorageAwayException)
        {
            Log.Failed(logger, e, request.AssociationId, request.MessageId);
            return new NormalizedResponse(DimseStatus.ResourceLimitation, "No room, or the database is away: ask again later");
        }
#pragma warning disable CA1031 // the boundary of one operation: the association lives, the sender is told, the log says why
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(logger, e, request.AssociationId, request.MessageId);
            return new NormalizedResponse(
                DimseStatus.ProcessingFailure, "Not recorded: an internal failure, which was logged");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1037, LogLevel.Warning, "Reports of storage commitment that wait for {Calling} could not be made due: {Type}")]
        public static partial void NotHurried(ILogger logger, string calling, string type);

        [LoggerMessage(1030, LogLevel.Information, "Association {AssociationId}: {Calling} asks for storage commitment of {Count} instances")]
        public static partial void Recorded(ILogger logger, string associationId, string calling, int count);

        [LoggerMessage(1031, LogLevel.Error, "Association {AssociationId}: message {MessageId}, a request for storage commitment, could not be recorded")]
        public static partial void Failed(ILogger logger, Exception exception, string associationId, ushort messageId);
    }
}
