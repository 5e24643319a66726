using System.Diagnostics;
using RecordHub.Core.Telemetry;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>
/// Asks for what is missing, once as a whole and then by name, each time on an association of its own, until all has come,
/// the attempts are used up, or asking by name brings nothing.
/// </summary>
internal sealed class RetrieveLoop(NodeCaller node, Arrivals arrivals, TimeProvider time, int attempts)
{
    private readonly Queue<QueryModel> _models = new(node.Models);
    private string _why = string.Empty;
    private SubOperationCounts _counts;

    public required QueryService Service { get; init; }

    /// <summary>Sends one request.</summary>
    public required Func<AssociationRequestor, OutgoingQuery, CancellationToken, Task<QueryResult>> Ask { get; init; }

    /// <summary>Finds out what has come before a request was lost; null when nobody can tell but its answer.</summary>
    public Func<CancellationToken, Task>? LookAsync { get; init; }

    /// <summary>Cancelled, it ends with what has come.</summary>
    public async Task<FetchOutcome> RunAsync(CancellationToken cancellationToken)
    {
        bool goOn = arrivals.Missing.Count > 0;
        for (int attempt = 1; goOn; attempt++)
        {
            bool answered = false;
            try
            {
                await AttemptAsync(byName: attempt > 1, cancellationToken).ConfigureAwait(false);
                answered = true;
            }
            catch (AssociationException e) when (attempt > 1 || e.Ending != AssociationEnding.Rejected)
            {
                _why = e.Message;
            }
            catch (PeerUnreachableException e) when (attempt > 1)
            {
                _why = e.Message;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Told below: what has come stays.
            }

            if (!answered && LookAsync is not null && !cancellationToken.IsCancellationRequested)
            {
                await LookAsync(cancellationToken).ConfigureAwait(false);
            }

            bool came = arrivals.Settle();
            goOn = arrivals.Missing.Count > 0 && attempt < attempts && (came || attempt == 1 || !answered)
                && !cancellationToken.IsCancellationRequested;
            if (goOn && !answered)
            {
                // It broke: whatever restarts there needs a moment.
                await Task.Delay(TimeSpan.FromSeconds(attempt), time, cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return arrivals.Outcome(
            cancellationToken.IsCancellationRequested ? "Cancelled before it came" : _why, _counts);
    }

    private async Task AttemptAsync(bool byName, CancellationToken cancellationToken)
    {
        // Each C-GET has the contexts of one model, as there is room for; a node that takes another is asked in that.
        while (true)
        {
            try
            {
                await node.CallAsync(
                    Service == QueryService.Get
                        ? ContextPlan.Get(_models.Peek(), RetrieveClasses.Of(arrivals.Missing)) : ContextPlan.Queries(Service),
                    Service == QueryService.Get ? RetrieveClasses.Roles(arrivals.Missing) : [],
                    (association, giveUp) => AskAllAsync(association, byName, cancellationToken, giveUp),
                    cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (QueryRefusedException refused) when (refused.IsContext && Service == QueryService.Get && _models.Count > 1)
            {
                _models.Dequeue();
            }
        }
    }

    private async Task<bool> AskAllAsync(
        AssociationRequestor association, bool byName, CancellationToken cancelling, CancellationToken giveUp)
    {
        QueryModel model = node.ModelOf(association, Service);
        _why = "The peer did not send it";
        foreach (DicomDataSet identifier in RetrievePlan.For(arrivals.Listed, arrivals.Missing, byName))
        {
            if (model == QueryModel.StudyRoot)
            {
                identifier.Remove(DicomTags.PatientID);
            }

            using Activity? span = HubSources.Server.StartActivity(
                DicomWords.Of(Service).ToUpperInvariant(), ActivityKind.Client);
            QueryResult result = await Ask(
                association, new OutgoingQuery { Model = model, Identifier = identifier, Cancelling = cancelling }, giveUp)
                .ConfigureAwait(false);
            span?.SetTag(SpanTags.Stored, result.Counts.Completed + result.Counts.Warning).SetTag(SpanTags.Failed, result.Counts.Failed);
            span.Told(result.Status, DimseStatus.Success);
            _counts = _counts.Plus(result.Counts);
            _why = result.IsComplete ? _why : new QueryRefusedException(result).Message;
            if (cancelling.IsCancellationRequested)
            {
                break;
            }
        }

        return true;
    }
}
