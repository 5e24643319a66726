using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Web;

namespace RecordHub.Server.Dicom;

/// <summary>Answers C-FIND, C-MOVE and C-GET from the index of filed instances (PS3.4 Annex C).</summary>
public sealed partial class QueryDoor(
    IInstanceStore instances, IBlobStore blobs, RecordHubOptions options, SiteConnections calls, TimeProvider time,
    ReadingLog readings, ILogger<QueryDoor> logger)
{
    private const int Page = 200;
    private const int MostInstances = 200_000;

    /// <summary>Each match as it is found.</summary>
    /// <exception cref="InstanceException">The identifier does not fit, or the index does not answer.</exception>
    internal async IAsyncEnumerable<FindMatch> FindAsync(
        QueryRequest request, QueryView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        InstanceLevel level = QueryLevels.Read(request);
        InstanceQuery query = QueryOf(request, view) with
        {
            Level = level,
            Matches = QueryKeys.Matches(request.Identifier),
            CountsInstances = QueryKeys.AskForInstances(request.Identifier),
            Limit = Page,
        };
        while (true)
        {
            IReadOnlyList<InstanceMatch> matches = await GuardedAsync(
                request, instances.QueryAsync, query, cancellationToken).ConfigureAwait(false);
            foreach (InstanceMatch match in matches.Take(Page))
            {
                yield return FindAnswer.Of(request.Identifier, level, match, request.CalledAeTitle);
            }

            if (matches.Count <= Page)
            {
                yield break;
            }

            query = query with { Offset = query.Offset + Page };
        }
    }

    /// <summary>What C-GET sends.</summary>
    /// <exception cref="InstanceException">The identifier does not fit, or the index does not answer.</exception>
    internal async ValueTask<Retrieval> GetAsync(
        QueryRequest request, AdmittedCaller caller, CancellationToken cancellationToken) =>
        new(await LocateAsync(request, QueryView.Of(caller), caller.Site, cancellationToken).ConfigureAwait(false));

    /// <summary>What C-MOVE sends, and to whom.</summary>
    /// <exception cref="InstanceException">The same, or nobody knows the destination (A801).</exception>
    internal async ValueTask<Retrieval> MoveAsync(
        QueryRequest request, AdmittedCaller caller, CancellationToken cancellationToken)
    {
        SiteOptions destination = MoveDestinations.Find(options.Sites, caller, request);
        IReadOnlyList<RetrievedInstance> located =
            await LocateAsync(request, QueryView.Of(caller), destination, cancellationToken).ConfigureAwait(false);
        return new Retrieval(located, new InstanceSender(destination, request.CalledAeTitle, located, calls, time));
    }

    /// <summary>Tells the log how an operation ended.</summary>
    internal void Report(QuerySummary summary)
    {
        QueryRequest request = summary.Request;
        bool ordinary = summary.Status is DimseStatus.Success or DimseStatus.Cancelled;
        LogLevel level = ordinary ? LogLevel.Information : LogLevel.Warning;
        if (request.SopClass.Service == QueryService.Find)
        {
            Log.Found(logger, level, request.AssociationId, request.CallingAeTitle, summary.Status, summary.Comment,
                summary.Matches);
        }
        else
        {
            SubOperationCounts counts = summary.Counts;
            Log.Retrieved(logger, level, request.AssociationId, request.CallingAeTitle, request.SopClass.Service,
                request.MoveDestination, summary.Status, summary.Comment, counts.Completed + counts.Warning, counts.Failed,
                counts.Remaining);
        }
    }

    private static InstanceQuery QueryOf(QueryRequest request, QueryView view) => new()
    {
        Level = InstanceLevel.Instance,
        Scope = view.Scope,
        Site = view.Site,
        AcrossCases = true,
        CombinesDateAndTime = request.Options.CombinesDateAndTime,
        FuzzyMatching = request.Options.MatchesNamesFuzzily,
        Limit = MostInstances,
    };

    private async Task<IReadOnlyList<RetrievedInstance>> LocateAsync(
        QueryRequest request, QueryView view, SiteOptions? receiver, CancellationToken cancellationToken)
    {
        InstanceLevel level = QueryLevels.Read(request);
        InstanceQuery query = QueryOf(request, view) with { Matches = QueryKeys.Unique(request.Identifier, level) };
        IReadOnlyList<InstancePlace> places = await GuardedAsync(
            request, instances.LocateAsync, query, cancellationToken).ConfigureAwait(false);
        if (places.Count > MostInstances)
        {
            throw new InstanceException(
                DimseStatus.CannotCalculateMatches, "Too many instances for one retrieval; ask study by study");
        }

        // Identifiers of two hospitals may coincide. Nobody is sent the records of two people as one.
        if (level == InstanceLevel.Patient && places.Select(place => place.PatientId).Distinct().Count() > 1)
        {
            throw new InstanceException(
                DimseStatus.CannotCalculateMatches, "The Patient ID is that of several people; ask study by study");
        }

        if (receiver is not null)
        {
            foreach (InstancePlace place in places.DistinctBy(place => place.Case))
            {
                readings.Note(receiver, place.Case);
            }
        }

        return [.. places.Select(place => StoredInstances.ToRetrieved(place, blobs))];
    }

    private async Task<T> GuardedAsync<T>(
        QueryRequest request, Func<InstanceQuery, CancellationToken, Task<T>> ask, InstanceQuery query,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ask(query, cancellationToken).ConfigureAwait(false);
        }
        catch (StorageAwayException away)
        {
            Log.Away(logger, request.AssociationId, request.MessageId, away.Message);
            throw new InstanceException(
                request.SopClass.Service == QueryService.Find ? DimseStatus.OutOfResources : DimseStatus.CannotCalculateMatches,
                away is StorageDamagedException
                    ? "The store is damaged; ask again when it was restored" : "The store does not answer; ask again later");
        }
#pragma warning disable CA1031 // the boundary of one operation: the association lives, the caller is told, the log says why
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.Failed(logger, e, request.AssociationId, request.MessageId);
            throw new InstanceException(
                DimseStatus.CannotUnderstand, "Not answered: an internal failure, which was logged");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1020, Message = "Association {AssociationId}: C-FIND of {Calling} ended with status {Status:X4} ({Comment}); {Matches} matches")]
        public static partial void Found(
            ILogger logger, LogLevel level, string associationId, string calling, ushort? status, string? comment, int matches);

        [LoggerMessage(EventId = 1021, Message = "Association {AssociationId}: C-{Service} of {Calling} to {Destination} ended with status {Status:X4} ({Comment}); {Sent} sent, {Failed} failed, {Remaining} left")]
        public static partial void Retrieved(
            ILogger logger, LogLevel level, string associationId, string calling, QueryService service, string? destination,
            ushort? status, string? comment, int sent, int failed, int remaining);

        [LoggerMessage(1022, LogLevel.Error, "Association {AssociationId}: message {MessageId}, a query, could not be answered")]
        public static partial void Failed(ILogger logger, Exception exception, string associationId, ushort messageId);

        [LoggerMessage(1023, LogLevel.Warning, "Association {AssociationId}: message {MessageId}, a query, could not be answered: {Reason}")]
        public static partial void Away(ILogger logger, string associationId, ushort messageId, string reason);
    }
}
