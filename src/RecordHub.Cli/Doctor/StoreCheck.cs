using System.Globalization;
using RecordHub.Cli.Hub;
using RecordHub.Storage;

namespace RecordHub.Cli.Doctor;

/// <summary>The checks of an open store: its blobs and their keys, what fails, what is not done.</summary>
internal static class StoreCheck
{
    private const long ManySpare = 100_000;

    public static IReadOnlyList<CheckView> Of(StoreFindings found, bool objectStore) =>
    [
        .. objectStore ? [ObjectStore(found)] : (CheckView[])[],
        Blobs(found),
        Keys(found),
        One("spare blobs", found.Spare < ManySpare, $"{found.Spare} wait to be removed.",
            "A worker removes them every hour: see that one runs (serve --roles worker)."),
        One("pipeline", found.Failed == 0, $"{found.Failed} entries fail.",
            "See them with 'recordhub pipeline failed', then 'pipeline retry' or 'pipeline drop'."),
        One("purges", found.UnfinishedPurges == 0, $"{found.UnfinishedPurges} are not done.",
            "A worker ends them within a quarter of an hour; 'recordhub purge N --confirm N' does so at once."),
        One("journal", found.BrokenJournal == 0,
            found.BrokenJournal == 0 ? "Every entry is as it was written." : $"Entry {found.BrokenJournal} is not as it was written, or missing.",
            "Somebody changed the database by hand: compare it with a backup, and keep both."),
    ];

    private static CheckView ObjectStore(StoreFindings found) => found.ObjectStoreAway is { } away
        ? Checkup.Bad(
            "object store", $"It does not answer ({away}); {found.Waiting} bytes wait in the spool.",
            "Start it or correct Blobs:Uri. What comes in waits in Blobs:SpoolFolder, up to Blobs:MaxSpoolBytes.")
        : found.ObjectStoreFault is { } fault
            ? Checkup.Bad(
                "object store", fault,
                "Give the key of Blobs:AccessKey s3:PutObject, s3:GetObject, s3:DeleteObject and s3:ListBucket on the prefix; see the object store's log.")
        : Checkup.Good(
            "object store", $"An object was put up with its checksum, read and deleted; {found.Waiting} bytes wait in the spool.");

    private static CheckView Blobs(StoreFindings found) => One(
        "blobs", found.Missing.Count == 0,
        found.Missing.Count == 0
            ? $"{found.Looked} of the first and latest items' blobs are there."
            : $"{found.Missing.Count} of {found.Looked} are missing, such as {found.Missing[0]}.",
        "Stop the service, see whether Blobs:Uri names the right place, and restore what is missing from a backup.");

    private static CheckView Keys(StoreFindings found) => One(
        "encryption keys", found.Unopened == 0,
        found.Encrypted == 0
            ? $"None of {found.Looked} blobs is encrypted."
            : $"{found.Encrypted} of {found.Looked} blobs are encrypted; {found.Unopened} open with no configured key.",
        "Add the key that they were wrapped with to Blobs:FormerEncryptionKeys.");

    private static CheckView One(string check, bool ok, FormattableString detail, string advice) =>
        One(check, ok, detail.ToString(CultureInfo.InvariantCulture), advice);

    private static CheckView One(string check, bool ok, string detail, string advice) =>
        ok ? Checkup.Good(check, detail) : Checkup.Bad(check, detail, advice);
}
