using System.Collections.Frozen;
using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Dicom.Deidentification;

/// <summary>
/// Private elements that are safe to keep: those of PS3.15 Table E.3.10-1 that are numbers, codes or short labels. Its
/// sequences, binary blocks and UIDs are not kept, nor what a sender declares safe itself (0008,0300).
/// </summary>
internal static class SafePrivateElements
{
    private static readonly Lazy<FrozenSet<(string Creator, ushort Group, byte Element)>> s_safe = new(Load);

    public static int Count => s_safe.Value.Count;

    public static bool Contains(string creator, DicomTag tag) =>
        s_safe.Value.Contains((creator, tag.Group, (byte)(tag.Element & 0xFF)));

    private static FrozenSet<(string Creator, ushort Group, byte Element)> Load()
    {
        string text = System.Text.Encoding.ASCII.GetString(EmbeddedText.Load("safe-private.txt"));
        HashSet<(string, ushort, byte)> safe = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|');
            ushort group = ushort.Parse(fields[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            foreach (string element in fields[2].Split(' '))
            {
                safe.Add((fields[0], group, byte.Parse(element, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            }
        }

        return safe.ToFrozenSet();
    }
}
