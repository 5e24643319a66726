using RecordHub.Core.Access;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Dicom;

namespace RecordHub.Server.Pulling;

/// <summary>The one door, as what fetches from sites sees it: what is here, and taking in what is not.</summary>
public sealed class PullIntake(IntakeDoor intake, IItemStore items, IInstanceStore instances, IBlobStore blobs)
{
    private const int MostInstances = 200_000;

    /// <summary>Which of the instances the tenant has, filed, held or turned down.</summary>
    internal async Task<HashSet<Uid>> FindHereAsync(
        IEnumerable<Uid> wanted, Tenant tenant, CancellationToken cancellationToken)
    {
        HashSet<Uid> here = [];
        foreach (Uid instance in wanted)
        {
            if ((await items.FindCopiesAsync(instance.ToString(), tenant, cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                here.Add(instance);
            }
        }

        return here;
    }

    /// <summary>What of a study is filed to the case already.</summary>
    internal async Task<HashSet<string>> FindFiledAsync(
        string study, PullRequest request, CancellationToken cancellationToken) =>
    [
        .. (await instances.LocateAsync(
            new InstanceQuery
            {
                Level = InstanceLevel.Instance,
                Scope = AccessScope.Of(request.Tenant).Within(request.Case),
                Matches = [new("StudyInstanceUID", study)],
                Limit = MostInstances,
            },
            cancellationToken).ConfigureAwait(false)).Select(place => place.SopInstanceUid),
    ];

    /// <summary>Takes an instance from the wire; of what is stored, its item is noted.</summary>
    internal async ValueTask<StoreResponse> StoreAsync(
        StoreRequest request, Stream dataSet, Source source, ICollection<ItemId> taken, CancellationToken cancellationToken)
    {
        // As C-STORE does it: the same instance, however it came, is then the same file.
        ReceivedFile content = new(request, dataSet, room: null);
        await using (content.ConfigureAwait(false))
        {
            return StoreDoor.ToResponse(Note(
                await intake.AcceptAsync(
                    content, source, new SopReference(request.SopClassUid, request.SopInstanceUid), cancellationToken).ConfigureAwait(false),
                taken));
        }
    }

    /// <summary>Hands what is here already to the door once more, so that what is held is looked at for the named case.</summary>
    internal async Task TakeAgainAsync(
        Uid instance, Source source, ICollection<ItemId> taken, CancellationToken cancellationToken)
    {
        foreach (HeldCopy copy in await items
            .FindCopiesAsync(instance.ToString(), source.Tenant, cancellationToken).ConfigureAwait(false))
        {
            if (!copy.IsTurnedDown)
            {
                Stream blob = await blobs.OpenAsync(copy.Blob, 0, cancellationToken).ConfigureAwait(false);
                await using (blob.ConfigureAwait(false))
                {
                    Note(await intake.AcceptAsync(blob, source, cancellationToken).ConfigureAwait(false), taken);
                }
            }
        }
    }

    private static IntakeOutcome Note(IntakeOutcome outcome, ICollection<ItemId> taken)
    {
        ItemId? item = outcome switch
        {
            IntakeOutcome.Accepted accepted => accepted.Item,
            IntakeOutcome.AlreadyHeld held => held.Item,
            IntakeOutcome.Conflicting conflicting => conflicting.Item,
            _ => null,
        };
        if (item is { } known)
        {
            taken.Add(known);
        }

        return outcome;
    }
}
