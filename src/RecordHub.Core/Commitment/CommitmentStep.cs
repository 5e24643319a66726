using RecordHub.Core.Access;
using RecordHub.Core.Intake;

namespace RecordHub.Core.Commitment;

/// <summary>Checks an order: reads every stored copy of what it names again, and compares its digest.</summary>
public sealed class CommitmentStep(IItemStore items, IBlobStore blobs)
{
    private const int ReadersAtATime = 4;

    /// <summary>
    /// The verdict. A copy whose bytes are damaged is set aside, so that the sender's next try stores it anew. What else
    /// fails in reading is no verdict, and passes through.
    /// </summary>
    public async Task<CommitmentVerdict> RunAsync(CommitmentJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        InstanceReference[] references = [.. job.Order.References.Distinct()];
        CommitmentFailure?[] failures = new CommitmentFailure?[references.Length];
        if (job.IsDuplicate)
        {
            Array.Fill(failures, CommitmentFailure.DuplicateTransactionUid);
        }
        else
        {
            ParallelOptions parallel = new()
            {
                MaxDegreeOfParallelism = ReadersAtATime,
                CancellationToken = cancellationToken,
            };
            await Parallel.ForEachAsync(
                Enumerable.Range(0, references.Length), parallel,
                async (i, stopping) => failures[i] = await CheckAsync(references[i], job.Order.Tenant, stopping).ConfigureAwait(false))
                .ConfigureAwait(false);
        }

        List<InstanceReference> committed = [];
        List<(InstanceReference, CommitmentFailure)> failed = [];
        for (int i = 0; i < references.Length; i++)
        {
            if (failures[i] is { } failure)
            {
                failed.Add((references[i], failure));
            }
            else
            {
                committed.Add(references[i]);
            }
        }

        return new CommitmentVerdict(committed, failed);
    }

    private async ValueTask<CommitmentFailure?> CheckAsync(
        InstanceReference reference, Tenant tenant, CancellationToken cancellationToken)
    {
        List<InspectedCopy> inspected = [];
        foreach (HeldCopy copy in await items
            .FindCopiesAsync(reference.SopInstanceUid, tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!copy.IsTurnedDown)
            {
                inspected.Add(await InspectAsync(copy, cancellationToken).ConfigureAwait(false));
            }
        }

        return CommitmentDecision.Decide(reference, inspected);
    }

    private async Task<InspectedCopy> InspectAsync(HeldCopy copy, CancellationToken cancellationToken)
    {
        InspectedCopy inspected;
        try
        {
            Stream bytes = await blobs.OpenAsync(copy.Blob, 0, cancellationToken).ConfigureAwait(false);
            await using (bytes.ConfigureAwait(false))
            {
                inspected = await CopyReading.RunAsync(bytes, copy.Blob, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (BlobMissingException)
        {
            return new InspectedCopy(CopyCondition.Missing, null);
        }

        if (inspected.Condition == CopyCondition.Damaged)
        {
            await blobs.SetAsideAsync(copy.Blob, cancellationToken).ConfigureAwait(false);
        }

        return inspected;
    }
}
