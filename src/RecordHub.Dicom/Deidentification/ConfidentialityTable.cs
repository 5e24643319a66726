using System.Collections.Frozen;
using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// PS3.15 Table E.1-1, generated into <c>confidentiality-profile.txt</c>. Repeating groups (curves 50xx, overlays 60xx)
/// and private elements have rules of their own and are not found here.
/// </summary>
internal static class ConfidentialityTable
{
    private static readonly Lazy<FrozenDictionary<uint, Row>> s_rows = new(Load);

    /// <summary>Rows for single elements.</summary>
    public static IReadOnlyDictionary<uint, Row> Rows => s_rows.Value;

    public static bool TryFind(DicomTag tag, out Row row) => s_rows.Value.TryGetValue(tag.Value, out row);

    private static FrozenDictionary<uint, Row> Load()
    {
        string text = System.Text.Encoding.ASCII.GetString(EmbeddedText.Load("confidentiality-profile.txt"));
        Dictionary<uint, Row> rows = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|');
            if (uint.TryParse(fields[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint tag))
            {
                rows[tag] = new Row(Resolve(fields[1]), fields[2]);
            }
        }

        return rows.ToFrozenDictionary();
    }

    private static ConfidentialityAction Resolve(string action) => action.TrimEnd('*')[^1] switch
    {
        'X' => ConfidentialityAction.Remove,
        'Z' => ConfidentialityAction.Empty,
        'D' => ConfidentialityAction.Dummy,
        'U' => ConfidentialityAction.MapUid,
        char other => throw new InvalidOperationException($"The confidentiality table has an unknown action {other}."),
    };

    /// <summary>A line of the table.</summary>
    /// <param name="Basic">The action of the basic profile.</param>
    /// <param name="Options">For each option K, C or a dot, in the order of <see cref="ConfidentialityOption"/>.</param>
    internal readonly record struct Row(ConfidentialityAction Basic, string Options)
    {
        /// <summary>A dot for an option that is no column of the table.</summary>
        public char this[ConfidentialityOption option] => (int)option < Options.Length ? Options[(int)option] : '.';

        public bool Has(ConfidentialityOption option) => this[option] != '.';
    }
}
