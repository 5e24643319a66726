using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Dictionary;

/// <summary>The registry of unique identifiers (PS3.6 Annex A), loaded when it is first asked.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The standard's word, PS3.6.")]
public static class UidDictionary
{
    private static readonly string[] s_services = ["- FIND", "- MOVE", "- GET", "Creation", "Query"];
    private static readonly Uid s_mediaDirectory = Uid.Parse("1.2.840.10008.1.3.10");
    private static readonly Lazy<FrozenDictionary<string, UidEntry>> s_entries = new(Load);
    private static readonly Lazy<IReadOnlyList<UidEntry>> s_storage = new(() => Select(IsStorage));
    private static readonly Lazy<HashSet<Uid>> s_storageUids = new(() => [.. StorageSopClasses.Select(entry => entry.Uid)]);
    private static readonly Lazy<IReadOnlyList<UidEntry>> s_syntaxes = new(() => Select(IsTransferSyntax));

    /// <summary>Every storage SOP class, retired ones included (PS3.4 §B.5), media directory excluded.</summary>
    public static IReadOnlyList<UidEntry> StorageSopClasses => s_storage.Value;

    /// <summary>Every transfer syntax, retired ones included (PS3.6 Table A-1).</summary>
    public static IReadOnlyList<UidEntry> TransferSyntaxes => s_syntaxes.Value;

    public static IEnumerable<UidEntry> All => s_entries.Value.Values;

    public static bool TryGet(Uid uid, out UidEntry? entry) => s_entries.Value.TryGetValue(uid.ToString(), out entry);

    /// <summary>The name, or the identifier itself when it is not registered.</summary>
    public static string NameOf(Uid uid) => TryGet(uid, out UidEntry? entry) && entry is not null ? entry.Name : uid.ToString();

    /// <summary>Whether it is one of <see cref="StorageSopClasses"/>; asked for each instance that comes.</summary>
    public static bool IsStorageSopClass(Uid uid) => s_storageUids.Value.Contains(uid);

    // Query, retrieve and creation services of two object families are registered below the storage root.
    private static bool IsStorage(UidEntry entry) =>
        entry.Type == "SOP Class"
        && ((entry.Uid.ToString().StartsWith("1.2.840.10008.5.1.4.1.1.", StringComparison.Ordinal)
                && !s_services.Any(service => entry.Name.EndsWith(service, StringComparison.Ordinal)))
            || entry.Name.EndsWith(" Storage - Trial", StringComparison.Ordinal)
            || (entry.Name.EndsWith(" Storage", StringComparison.Ordinal) && entry.Uid != s_mediaDirectory));

    private static bool IsTransferSyntax(UidEntry entry) => entry.Type == "Transfer Syntax";

    private static UidEntry[] Select(Func<UidEntry, bool> wanted) =>
        [.. s_entries.Value.Values.Where(wanted).OrderBy(e => e.Uid.ToString(), StringComparer.Ordinal)];

    private static FrozenDictionary<string, UidEntry> Load()
    {
        string text = System.Text.Encoding.UTF8.GetString(EmbeddedText.Load("uids.txt"));
        Dictionary<string, UidEntry> entries = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|', 5);
            entries[fields[0]] = new UidEntry(Uid.Parse(fields[0]), fields[1], fields[2].Length > 0, fields[3], fields[4]);
        }

        return entries.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
