using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Dictionary;

/// <summary>
/// The committed tables. Tags and representations are static data searched in place, so that reading needs no start-up
/// work; names are in the embedded <c>elements.txt</c>, loaded when the first name is asked for.
/// </summary>
internal static partial class DictionaryTable
{
    // The ambiguous representations follow the last real one in the generated table.
    private const int UsOrSs = (int)DicomVr.UV + 1;
    private const int ObOrOw = UsOrSs + 1;
    private const int UsOrOw = UsOrSs + 2;

    private static readonly Lazy<Names> s_names = new(Names.Load);

    public static int Count => Vrs.Length;

    /// <summary>The line of a tag, or -1. Repeating groups come after the plain tags, in the order of the standard.</summary>
    public static int LineOf(uint tag)
    {
        int line = Tags.BinarySearch(tag);
        if (line >= 0)
        {
            return line;
        }

        ReadOnlySpan<uint> repeating = Repeating;
        for (int i = 0; i < repeating.Length; i += 2)
        {
            if ((tag & repeating[i]) == repeating[i + 1])
            {
                return Tags.Length + (i / 2);
            }
        }

        return -1;
    }

    public static DicomVr VrAt(int line, bool signedPixels) => Vrs[line] switch
    {
        <= (byte)DicomVr.UV and byte vr => (DicomVr)vr,
        UsOrSs => signedPixels ? DicomVr.SS : DicomVr.US,
        ObOrOw or UsOrOw => DicomVr.OW,
        _ => DicomVr.OW,
    };

    public static DictionaryEntry EntryAt(int line, DicomTag tag) => s_names.Value.Parse(line, tag, VrAt(line, false));

    public static bool TryFindKeyword(string keyword, out DicomTag tag)
    {
        Names names = s_names.Value;
        Span<byte> wanted = stackalloc byte[128];
        if (!System.Text.Encoding.UTF8.TryGetBytes(keyword, wanted, out int length))
        {
            tag = default;
            return false;
        }

        wanted = wanted[..length];
        int low = 0;
        int high = ByKeyword.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int line = ByKeyword[middle];
            int order = names.Field(line, Names.Keyword).SequenceCompareTo(wanted);
            if (order == 0)
            {
                tag = new DicomTag(line < Tags.Length ? Tags[line] : Repeating[((line - Tags.Length) * 2) + 1]);
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        tag = default;
        return false;
    }

    /// <summary>The lines of elements.txt: tag, VR, multiplicity, R if retired, keyword, name.</summary>
    private sealed class Names
    {
        public const int Keyword = 4;

        private readonly byte[] _text;
        private readonly int[] _starts;

        private Names(byte[] text, int[] starts) => (_text, _starts) = (text, starts);

        public static Names Load()
        {
            byte[] text = EmbeddedText.Load("elements.txt");
            int[] starts = new int[Count + 1];
            int line = 0;
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '\n')
                {
                    starts[++line] = i + 1;
                }
            }

            return new Names(text, starts);
        }

        public ReadOnlySpan<byte> Field(int line, int field)
        {
            ReadOnlySpan<byte> rest = _text.AsSpan(_starts[line].._starts[line + 1]).TrimEnd((byte)'\n');
            for (; field > 0; field--)
            {
                rest = rest[(rest.IndexOf((byte)'|') + 1)..];
            }

            int end = rest.IndexOf((byte)'|');
            return end < 0 ? rest : rest[..end];
        }

        public DictionaryEntry Parse(int line, DicomTag tag, DicomVr vr) => new(
            tag, vr, Text(line, 2), Text(line, Keyword), Text(line, 5), Field(line, 3).Length > 0);

        private string Text(int line, int field) => System.Text.Encoding.UTF8.GetString(Field(line, field));
    }
}
