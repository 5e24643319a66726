using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;

namespace RecordHub.Cli.Dicom;

/// <summary>Asks a peer for storage commitment, and waits for its report on the same association.</summary>
/// <param name="peer">Whom.</param>
/// <param name="wait">How long its report is waited for.</param>
/// <param name="time">The clock of the time-outs.</param>
/// <param name="noted">Hears of what is odd and changes nothing.</param>
internal sealed class DicomCommitter(DicomPeer peer, TimeSpan wait, TimeProvider time, Action<string>? noted = null)
{
    /// <summary>What the peer says of each file.</summary>
    /// <exception cref="CommandException">It does not serve storage commitment, refused, or sent no report in time.</exception>
    public async Task<IReadOnlyList<CommittedInstance>> CommitAsync(
        IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        List<CommittedInstance> told = [];
        List<OutgoingInstance> instances = [];
        foreach (string path in paths)
        {
            (OutgoingInstance? instance, string reason) = await OutgoingInstance.ReadAsync(path, cancellationToken);
            if (instance is null)
            {
                told.Add(new CommittedInstance(path, string.Empty, false, reason));
            }
            else
            {
                instances.Add(instance);
            }
        }

        return [.. told, .. await CommitAsync(instances, cancellationToken)];
    }

    /// <summary>What the peer says of each instance.</summary>
    /// <exception cref="CommandException">The same.</exception>
    public async Task<IReadOnlyList<CommittedInstance>> CommitAsync(
        IReadOnlyList<OutgoingInstance> instances, CancellationToken cancellationToken)
    {
        if (instances.Count == 0)
        {
            return [];
        }

        CommitmentReport report = await AskAsync(
            [.. instances.Select(instance => new SopReference(instance.SopClass, instance.SopInstance)).Distinct()],
            cancellationToken);
        HashSet<Uid> committed = [.. report.Committed.Select(reference => reference.SopInstance)];
        ILookup<Uid, ushort> failed = report.Failed.ToLookup(one => one.Reference.SopInstance, one => one.Reason);
        return
        [
            .. instances.Select(instance => new CommittedInstance(
                instance.Path, instance.SopInstance.ToString(), committed.Contains(instance.SopInstance),
                committed.Contains(instance.SopInstance) ? string.Empty : Words(failed[instance.SopInstance]))),
        ];
    }

    private async Task<CommitmentReport> AskAsync(
        IReadOnlyList<SopReference> references, CancellationToken cancellationToken)
    {
        using DicomConnection connection = await DicomConnection.OpenAsync(peer, cancellationToken);
        CommitmentRequest request = new(NewUid(), references);
        RequestorOptions options = new()
        {
            CallingAeTitle = peer.CallingAeTitle,
            CalledAeTitle = peer.CalledAeTitle,
            ResponseTimeout = wait,
            AnswerReport = report => Answer(report, request.TransactionUid),
        };
        try
        {
            await using AssociationRequestor association = await AssociationRequestor.OpenAsync(
                connection, options, [StorageCommitment.Context(1)], time, cancellationToken);
            if (association.Contexts is not [var context])
            {
                throw new CommandException(
                    "The peer does not serve storage commitment to us.", "Ask its operator to allow it for our AE title (--aet).");
            }

            NormalizedResponse answer = await association.ActAsync(
                context, WellKnownUids.StorageCommitmentInstance, StorageCommitment.RequestAction,
                StorageCommitment.ToDataSet(request), cancellationToken);
            if (answer.Status != DimseStatus.Success)
            {
                throw new CommandException(
                    string.Create(CultureInfo.InvariantCulture, $"The peer refused the request: {answer.Status:X4} {answer.Comment}"),
                    "See the peer's log.");
            }

            return await ReceiveAsync(association, cancellationToken);
        }
        catch (AssociationException ended)
        {
            throw DicomConnection.Explain(ended, peer);
        }
    }

    private async Task<CommitmentReport> ReceiveAsync(AssociationRequestor association, CancellationToken cancellationToken)
    {
        try
        {
            if (await association.ReceiveReportAsync(cancellationToken) is { } told)
            {
                await DicomConnection.ReleaseAsync(association, noted, cancellationToken);
                return StorageCommitment.ReadReport(told.DataSet);
            }
        }
        catch (AssociationException late) when (late.Ending == AssociationEnding.TimedOut)
        {
            // As when the peer ends the association: no report here.
        }

        throw new CommandException(
            $"The peer took the request, but sent no report on this association within {wait.TotalSeconds:F0} s.",
            "Wait longer (--wait). A peer that reports on an association of its own cannot be heard by this command.");
    }

    // What is not of this request is nobody's here: the peer has to tell it to who asked.
    private static NormalizedResponse Answer(EventReport report, Uid transaction) =>
        StorageCommitment.ReadReport(report.DataSet).TransactionUid == transaction
            ? NormalizedResponse.Success
            : new NormalizedResponse(DimseStatus.InvalidArgumentValue, "Not the Transaction UID of this association's request");

    // UUIDs as UIDs (PS3.5 §B.2).
    private static Uid NewUid() => Uid.Parse(
        "2.25." + new System.Numerics.BigInteger(Guid.NewGuid().ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true)
            .ToString(CultureInfo.InvariantCulture));

    private static string Words(IEnumerable<ushort> reasons) => reasons.Select(reason => reason switch
    {
        0x0110 => "0110 processing failure",
        0x0112 => "0112 no such instance there",
        0x0119 => "0119 it is there under another SOP class",
        0x0122 => "0122 the SOP class is not stored there",
        0x0131 => "0131 duplicate transaction UID",
        0x0213 => "0213 resource limitation",
        _ => reason.ToString("X4", CultureInfo.InvariantCulture),
    }).FirstOrDefault("not named in the report");
}
