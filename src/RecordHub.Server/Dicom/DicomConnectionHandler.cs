using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;

namespace RecordHub.Server.Dicom;

/// <summary>Runs one DICOM association on each connection that Kestrel accepts.</summary>
public sealed partial class DicomConnectionHandler(
    RecordHubOptions options, CallerAdmission admission, StoreDoor door, CommitmentDoor commitment, QueryDoor queries,
    StudyActivity activity, TimeProvider time, ILogger<DicomConnectionHandler> logger) : ConnectionHandler
{
    private readonly AcceptorOptions _acceptor = options.DicomLimits.ToAcceptorOptions();
    private readonly AssociationSlots _slots = new(options.MaxAssociations);

    /// <inheritdoc />
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        CancellationToken stopping =
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        long started = time.GetTimestamp();
        DicomCaller caller = DicomCaller.Of(connection);
        using DicomAssociation association = new(admission, _slots, door, commitment, queries, activity, caller);
        try
        {
            AssociationSummary summary = await AssociationAcceptor
                .RunAsync(
                    QuickAckTransport.For(connection), _acceptor, association, time, stopping,
                    caller.Waiting?.Listen() ?? CancellationToken.None)
                .ConfigureAwait(false);
            association.Ended(summary);
            Report(summary, association.SiteLabel, connection.RemoteEndPoint, time.GetElapsedTime(started));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The boundary of one connection: the others live.
            Log.Failed(logger, e, connection.ConnectionId);
        }
    }

    private void Report(AssociationSummary summary, string site, EndPoint? from, TimeSpan took)
    {
        long milliseconds = (long)took.TotalMilliseconds;
        if (summary.Request is not { } request)
        {
            // A health check connects and says nothing. Whoever says something else is at the wrong port.
            bool silent = summary.Ending
                is AssociationEnding.NothingAsked or AssociationEnding.Stopped or AssociationEnding.Rejected
                || (summary.Ending == AssociationEnding.ConnectionLost && summary.Reason == AbortReason.NotSpecified);
            Log.NeverAssociated(logger, silent ? LogLevel.Debug : LogLevel.Warning,
                from, summary.Ending, summary.Reason, milliseconds);
        }
        else if (summary.Rejection is { } rejection)
        {
            HubMetrics.AssociationRejected(DicomWords.Of(rejection));
            Log.Rejected(logger, request.CallingAeTitle, request.CalledAeTitle, from, rejection);
        }
        else
        {
            HubMetrics.AssociationEnded(site, DicomWords.Of(summary.Ending));
            if (RefusedContexts.Describe(summary.RefusedContexts) is { } refused)
            {
                Log.ContextsRefused(logger, RefusedContexts.MayLackASetting(summary.RefusedContexts)
                    ? LogLevel.Warning : LogLevel.Information, request.AssociationId, request.CallingAeTitle, refused);
            }

            LogLevel level = summary.Ending == AssociationEnding.Released && summary.Failed == 0
                ? LogLevel.Information : LogLevel.Warning;
            Log.Ended(logger, level, request.AssociationId, request.CallingAeTitle, request.CalledAeTitle,
                summary.Ending, summary.Reason, summary.Stored, summary.Failed, milliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1000, Message = "Connection from {From} without an association: {Ending} ({Reason}) after {Milliseconds} ms; this port speaks DICOM without TLS, and nothing else")]
        public static partial void NeverAssociated(
            ILogger logger, LogLevel level, EndPoint? from, AssociationEnding ending, AbortReason reason, long milliseconds);

        [LoggerMessage(1001, LogLevel.Warning, "Association from {Calling} to {Called} at {From} rejected: {Rejection}")]
        public static partial void Rejected(
            ILogger logger, string calling, string called, EndPoint? from, AssociationRejection rejection);

        [LoggerMessage(EventId = 1002, Message = "Association {AssociationId} from {Calling} to {Called} ended: {Ending} ({Reason}); {Stored} stored, {Refused} refused, {Milliseconds} ms")]
        public static partial void Ended(
            ILogger logger, LogLevel level, string associationId, string calling, string called,
            AssociationEnding ending, AbortReason reason, int stored, int refused, long milliseconds);

        [LoggerMessage(EventId = 1004, Message = "Association {AssociationId} from {Calling}: not taken: {Refused}. What is private is allowed by Dicom:AdditionalSopClasses and Dicom:AdditionalTransferSyntaxes")]
        public static partial void ContextsRefused(
            ILogger logger, LogLevel level, string associationId, string calling, string refused);

        [LoggerMessage(1003, LogLevel.Error, "DICOM connection {ConnectionId} failed")]
        public static partial void Failed(ILogger logger, Exception exception, string connectionId);
    }
}
