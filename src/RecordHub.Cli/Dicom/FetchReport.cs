using RecordHub.Cli.Hub;
using RecordHub.Cli.Output;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Pulling;

namespace RecordHub.Cli.Dicom;

/// <summary>Tells what a retrieval brings: a line for each instance to a program, a summary to a person.</summary>
internal sealed class FetchReport(CommandOutput output, Func<Uid, string>? pathOf, TimeProvider time)
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(1);
    private long _told;

    public void Held(IEnumerable<ListedInstance> instances)
    {
        foreach (ListedInstance instance in instances)
        {
            Tell(instance.Instance, "held", string.Empty);
        }
    }

    /// <summary>The same receiver, which tells of what it has stored.</summary>
    public Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> Received(
        Func<StoreRequest, Stream, CancellationToken, ValueTask<StoreResponse>> store) =>
        async (request, dataSet, cancellationToken) =>
        {
            StoreResponse response = await store(request, dataSet, cancellationToken);
            if (DimseStatus.IsStored(response.Status))
            {
                Tell(request.SopInstanceUid, "received", string.Empty);
            }

            return response;
        };

    /// <summary>The counts of a request that goes on, once a second.</summary>
    public void Progress(SubOperationCounts counts)
    {
        if (_told == 0 || time.GetElapsedTime(_told) >= s_between)
        {
            _told = time.GetTimestamp();
            output.Note($"{counts.Completed + counts.Warning} sent, {counts.Failed} failed, {counts.Remaining} left");
        }
    }

    /// <summary>Tells what is missing, and sums up; the exit code.</summary>
    public int End(FetchOutcome outcome)
    {
        foreach ((Uid instance, string why) in outcome.Missing)
        {
            Tell(instance, "missing", why);
        }

        FetchSummary summary = new(
            outcome.Listed, outcome.Held, outcome.Received, outcome.Missing.Count,
            new FetchSubOperations(outcome.Counts.Completed, outcome.Counts.Failed, outcome.Counts.Warning));
        output.Show(new FetchSummaryLine(summary), HubJson.Default.FetchSummaryLine, _ => output.Line(
            $"{summary.Listed} instances at the peer: {summary.Received} received, {summary.Held} held before, "
            + $"{summary.Missing} missing."));
        if (outcome.Missing is [(_, string reason), ..])
        {
            output.Failure(
                summary.Received + summary.Held == 0 ? $"Nothing came. {reason}" : $"Some did not come. {reason}",
                "Correct what it says, then run the command again: it asks for what is missing only.");
        }

        return (summary.Missing, summary.Received + summary.Held) switch
        {
            (0, _) => ExitCodes.Done,
            (_, 0) => ExitCodes.Failed,
            _ => ExitCodes.Attention,
        };
    }

    private void Tell(Uid instance, string what, string detail)
    {
        if (output.IsJson)
        {
            output.Json(
                new FetchedInstance(instance.ToString(), what == "missing" ? null : pathOf?.Invoke(instance), what, detail),
                HubJson.Default.FetchedInstance);
        }
        else if (what == "missing")
        {
            output.Line($"{instance} is missing: {detail}");
        }
    }
}
