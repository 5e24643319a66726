using System.Text;
using RecordHub.Core.Intake;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage;

/// <summary>
/// The same id stands in the database and beside the blobs. To a database that is empty or another's, all blobs are
/// superfluous, and what is swept as that could not be had back: so they are only ever opened, and swept, together.
/// </summary>
internal sealed class StoreIdentity(Database database, IStoreMark mark)
{
    private const string Name = "store";
    private bool _known;

    /// <summary>Compares them, and gives both an id where they have none.</summary>
    /// <exception cref="StorageUnavailableException">They do not belong together; the message says what to do.</exception>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CompareAsync(cancellationToken).ConfigureAwait(false);
            _known = true;
        }
        catch (StorageAwayException away) when (away is not StorageDamagedException)
        {
            // Blobs that are away are no reason not to start; nothing is swept until they were seen.
        }
    }

    /// <summary>Whether they were seen to belong together, now or before.</summary>
    internal async Task<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        if (!_known)
        {
            await CheckAsync(cancellationToken).ConfigureAwait(false);
        }

        return _known;
    }

    /// <summary>A database that is to be made anew may not stand beside blobs.</summary>
    /// <exception cref="StorageUnavailableException">There are blobs already; the message says what to do.</exception>
    internal async Task CheckNewAsync(CancellationToken cancellationToken)
    {
        if (mark.HasBlobs || await mark.ReadAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Refused("and there is no database where one is configured");
        }
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        string? marked = await mark.ReadAsync(cancellationToken).ConfigureAwait(false);
        (string? id, bool isEmpty) = await database.ReadAsync(ReadAsync, cancellationToken).ConfigureAwait(false);
        if (id is null && isEmpty && (marked is not null || mark.HasBlobs))
        {
            throw Refused("and the database that is configured has no item");
        }

        if (id is not null && marked is not null && id != marked)
        {
            throw Refused("and the database that is configured is another's");
        }

        if (id is not null && !isEmpty && marked is null && mark.IsEmpty)
        {
            throw new StorageUnavailableException(
                $"There is no blob in {mark.Place}, and the database that is configured has items: what is taken in now would lie where "
                + "nobody looks for it. See whether its disk is mounted, and whether --data, Blobs:Uri and Database:Connection are those of "
                + "the same store. If its blobs are lost, restore a backup.");
        }

        id ??= await KeepAsync(marked ?? Guid.NewGuid().ToString("N"), cancellationToken).ConfigureAwait(false);
        if (marked is null)
        {
            await mark.WriteAsync(id, cancellationToken).ConfigureAwait(false);
        }
    }

    private StorageUnavailableException Refused(string why) => new(
        $"There are blobs in {mark.Place}, {why}: it would call all of them superfluous. Check Database:Connection and where "
        + "the blobs are; put the database back that belongs to them, or finish 'recordhub restore'. To begin anew, give a data "
        + "folder or an object store that is empty.");

    private static async ValueTask<(string? Id, bool IsEmpty)> ReadAsync(Session session)
    {
        byte[]? id = await session.FirstAsync(
            "SELECT value FROM shared_key WHERE name = $name", static row => row.GetBytes(0).ToArray(), ("$name", Name))
            .ConfigureAwait(false);
        return (
            id is null ? null : Encoding.ASCII.GetString(id),
            !await session.AnyAsync("SELECT 1 FROM item LIMIT 1").ConfigureAwait(false));
    }

    // What another process has written meanwhile counts.
    private async Task<string> KeepAsync(string id, CancellationToken cancellationToken) => Encoding.ASCII.GetString(
        await new SharedKeyStore(database).GetOrAddAsync(Name, Encoding.ASCII.GetBytes(id), cancellationToken)
            .ConfigureAwait(false));
}
