using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Takes what C-STORE brings to the intake, and turns its outcome into a status (PS3.4 Table B.2-1).</summary>
/// <remarks>
/// Never sent: B000 and B006, as nothing is coerced or discarded; 0111, as the same bytes again are a success and other
/// bytes under a known UID are kept beside the first; 0210, as a message id is free again once its message was answered.
/// </remarks>
public sealed partial class StoreDoor(AcceptContent intake, StoreAdmission admission, ILogger<StoreDoor> logger)
{
    private static readonly uint[] s_sopCommon = [0x0008_0016, 0x0008_0018];

    /// <summary>Stores one instance; 0000 means durable.</summary>
    /// <param name="request">What the command says.</param>
    /// <param name="dataSet">The data set from the wire.</param>
    /// <param name="caller">Who sends it, and where to.</param>
    /// <param name="cancellationToken">The service gives up.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, AdmittedCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        using AdmittedStore? admitted = await admission.EnterAsync(caller.Site, cancellationToken).ConfigureAwait(false);
        if (admitted is null)
        {
            Log.HeldBack(logger, request.AssociationId, request.MessageId);
            return new StoreResponse(DimseStatus.OutOfResources, "Too much is being received at once; send again later");
        }

        ReceivedFile content = new(request, dataSet, admitted);
        await using (content.ConfigureAwait(false))
        {
            StoreResponse response = await AcceptAsync(content, caller.Source, request, cancellationToken)
                .ConfigureAwait(false);
            if (!DimseStatus.IsStored(response.Status))
            {
                Log.Refused(logger, request.AssociationId, request.MessageId, response.Status, response.Comment);
            }

            return response;
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<StoreResponse> AcceptAsync(
        ReceivedFile content, Source source, StoreRequest request, CancellationToken cancellationToken)
    {
        try
        {
            SopReference announced = new(request.SopClassUid, request.SopInstanceUid);
            return ToResponse(await intake(content, source, announced, cancellationToken).ConfigureAwait(false));
        }
        catch (StorageFullException e)
        {
            Log.Failed(logger, e, request.AssociationId, request.MessageId);
            return new StoreResponse(DimseStatus.OutOfResources, "No room to store; send again later");
        }
        catch (Exception e) when (e is not (AssociationException or InstanceException)
            && !cancellationToken.IsCancellationRequested)
        {
            // The boundary of one operation: the association lives, the sender is told, the log says why.
            Log.Failed(logger, e, request.AssociationId, request.MessageId);
            return new StoreResponse(DimseStatus.ProcessingFailure, "Not stored: an internal failure, which was logged");
        }
    }

    /// <summary>The status of what the intake said.</summary>
    internal static StoreResponse ToResponse(IntakeOutcome outcome) => outcome switch
    {
        IntakeOutcome.Accepted or IntakeOutcome.AlreadyHeld or IntakeOutcome.Conflicting => outcome.Warning is { } warning
            ? new StoreResponse(DimseStatus.DataSetDoesNotMatchSopClassWarning, warning)
            : StoreResponse.Success,
        IntakeOutcome.Ignored => new StoreResponse(
            DimseStatus.CannotUnderstand, "Not stored: not a composite instance", s_sopCommon),
        IntakeOutcome.Refused refused => ToResponse(refused),
        _ => throw new InvalidOperationException("An outcome that this door does not know."),
    };

    private static StoreResponse ToResponse(IntakeOutcome.Refused refused) => refused.Reason switch
    {
        RefusalReason.DataSetDoesNotMatch =>
            new StoreResponse(
                DimseStatus.DataSetDoesNotMatchSopClass, refused.Detail,
                refused.Offending is { } tag ? [tag.Value] : s_sopCommon),
        RefusalReason.OutOfResources or RefusalReason.Unavailable => new StoreResponse(
            DimseStatus.OutOfResources, refused.Detail),
        RefusalReason.TooLarge => new StoreResponse(DimseStatus.ResourceLimitation, refused.Detail),
        _ => new StoreResponse(DimseStatus.CannotUnderstand, refused.Detail, s_sopCommon),
    };

    private static partial class Log
    {
        [LoggerMessage(1010, LogLevel.Warning, "Association {AssociationId}: message {MessageId} refused with status {Status:X4}: {Comment}")]
        public static partial void Refused(
            ILogger logger, string associationId, ushort messageId, ushort status, string? comment);

        [LoggerMessage(1012, LogLevel.Warning, "Association {AssociationId}: message {MessageId} refused with status A700: no room in time under Dicom:MaxInstancesInFlight and Dicom:MaxBytesInFlight, or its site's")]
        public static partial void HeldBack(ILogger logger, string associationId, ushort messageId);

        [LoggerMessage(1011, LogLevel.Error, "Association {AssociationId}: message {MessageId} could not be stored")]
        public static partial void Failed(ILogger logger, Exception exception, string associationId, ushort messageId);
    }
}
