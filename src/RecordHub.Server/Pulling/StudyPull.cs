using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Pulling;

/// <summary>Fetches studies one after the other: by C-GET where the site takes it, else by C-MOVE to our own listener.</summary>
internal sealed class StudyPull(
    PullRequest request, NodeCaller node, PullIntake records, OwnNode ours, TimeProvider time,
    Action<SubOperationCounts>? progress)
{
    private bool _moves;

    /// <summary>What becomes of one study. What goes wrong with it alone is told, and does not end the rest.</summary>
    /// <exception cref="PullRefusedException">The site takes no C-GET, and cannot move to us either.</exception>
    public async Task<PulledStudy> RunAsync(string study, string? patient, CancellationToken cancellationToken)
    {
        IReadOnlyList<ListedInstance> listed;
        try
        {
            DicomDataSet keys = new DicomDataSet().AddText(DicomTags.StudyInstanceUID, DicomVr.UI, study);
            listed = await new InstanceLister(node).ListAsync(
                patient is null ? keys : keys.AddText(DicomTags.PatientID, DicomVr.LO, patient), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is QueryRefusedException or AssociationException)
        {
            return new PulledStudy(study, 0, 0, 0, [], [], e.Message);
        }

        HashSet<Uid> here = await records
            .FindHereAsync(listed.Select(one => one.Instance), request.Tenant, cancellationToken).ConfigureAwait(false);
        HashSet<ItemId> taken = [];
        FetchOutcome outcome;
        try
        {
            outcome = await FetchAsync(listed, here, taken, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is QueryRefusedException or AssociationException)
        {
            return new PulledStudy(study, listed.Count, here.Count, 0, [], taken, e.Message);
        }

        await TakeAgainAsync(study, listed, here, taken, cancellationToken).ConfigureAwait(false);
        return new PulledStudy(study, outcome.Listed, outcome.Held, outcome.Received, outcome.Missing, taken);
    }

    private async Task<FetchOutcome> FetchAsync(
        IReadOnlyList<ListedInstance> listed, HashSet<Uid> here, HashSet<ItemId> taken, CancellationToken cancellationToken)
    {
        InstanceFetcher fetcher = new(node, time);
        if (!_moves)
        {
            try
            {
                return await fetcher.GetAsync(
                    listed, here.Contains,
                    (asked, dataSet, token) => records.StoreAsync(asked, dataSet, SourceOf(), taken, token),
                    progress, cancellationToken).ConfigureAwait(false);
            }
            catch (QueryRefusedException refused) when (refused.IsContext)
            {
                _moves = true;
            }
        }

        string destination = request.Site.MoveDestination ?? throw new PullRefusedException(
            $"{request.Site.Name} takes no C-GET from us, and nothing says under which AE title it could move instances to us.",
            "Have it allow C-GET, or have it know us as a destination and set MoveDestination of the site to that AE title.");
        await ours.EnsureUpAsync(cancellationToken).ConfigureAwait(false);
        return await fetcher.MoveAsync(
            listed, here.Contains, destination,
            async (missing, token) => await records.FindHereAsync(missing, request.Tenant, token).ConfigureAwait(false),
            progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What was here may wait in the inbox, and what was moved came in by our listener, which was not told for what: with a
    /// named case, whatever is not in it yet is looked at for it.
    /// </summary>
    private async Task TakeAgainAsync(
        string study, IReadOnlyList<ListedInstance> listed, HashSet<Uid> here, HashSet<ItemId> taken,
        CancellationToken cancellationToken)
    {
        HashSet<string> filed = request.Case.IsNone
            ? [] : await records.FindFiledAsync(study, request, cancellationToken).ConfigureAwait(false);
        Uid[] again = request.Case.IsNone ? [] : [.. here.Where(one => !filed.Contains(one.ToString()))];
        Uid[] moved = _moves
            ? [.. await records.FindHereAsync(
                listed.Select(one => one.Instance).Except(here), request.Tenant, cancellationToken).ConfigureAwait(false)]
            : [];
        foreach (Uid instance in again.Concat(moved))
        {
            // What is in the case is its item's already, and is only asked for.
            Source source = filed.Contains(instance.ToString()) ? SourceOf() with { Case = default } : SourceOf();
            await records.TakeAgainAsync(instance, source, taken, cancellationToken).ConfigureAwait(false);
        }
    }

    private Source SourceOf() => new()
    {
        Door = Door.Pull,
        Site = request.Site.Name,
        DefaultIssuer = request.Site.DefaultIssuer,
        Sender = request.Site.AeTitle,
        Case = request.Case,
        Tenant = request.Tenant,
    };
}
