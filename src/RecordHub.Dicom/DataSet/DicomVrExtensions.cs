namespace RecordHub.Dicom.DataSet;

/// <summary>What PS3.5 §6.2 and §7.1.2 say about each value representation.</summary>
public static class DicomVrExtensions
{
    private const int Letters = 26;

    private static readonly string[] s_codes = [.. Enum.GetNames<DicomVr>().Select(name => name == "None" ? "--" : name)];
    private static readonly byte[] s_byLetters = ByLetters();

    private static readonly ulong s_longForm =
        Bit(DicomVr.OB) | Bit(DicomVr.OD) | Bit(DicomVr.OF) | Bit(DicomVr.OL) | Bit(DicomVr.OV) | Bit(DicomVr.OW)
        | Bit(DicomVr.SQ) | Bit(DicomVr.SV) | Bit(DicomVr.UC) | Bit(DicomVr.UN) | Bit(DicomVr.UR) | Bit(DicomVr.UT)
        | Bit(DicomVr.UV);

    private static readonly ulong s_characterSetText =
        Bit(DicomVr.LO) | Bit(DicomVr.LT) | Bit(DicomVr.PN) | Bit(DicomVr.SH) | Bit(DicomVr.ST) | Bit(DicomVr.UC)
        | Bit(DicomVr.UT);

    private static readonly ulong s_asciiText =
        Bit(DicomVr.AE) | Bit(DicomVr.AS) | Bit(DicomVr.CS) | Bit(DicomVr.DA) | Bit(DicomVr.DS) | Bit(DicomVr.DT)
        | Bit(DicomVr.IS) | Bit(DicomVr.TM) | Bit(DicomVr.UI) | Bit(DicomVr.UR);

    private static readonly ulong s_singleText = Bit(DicomVr.LT) | Bit(DicomVr.ST) | Bit(DicomVr.UT) | Bit(DicomVr.UR);

    private static readonly ulong s_opaque =
        Bit(DicomVr.OB) | Bit(DicomVr.OD) | Bit(DicomVr.OF) | Bit(DicomVr.OL) | Bit(DicomVr.OV) | Bit(DicomVr.OW)
        | Bit(DicomVr.UN);

    /// <summary>The two letters; <c>--</c> for <see cref="DicomVr.None"/>.</summary>
    public static string Code(this DicomVr vr) => s_codes[(int)vr];

    /// <summary>Whether an explicit element spends 32 bits on its length (PS3.5 Table 7.1-1).</summary>
    public static bool HasLongLength(this DicomVr vr) => (Bit(vr) & s_longForm) != 0;

    /// <summary>Whether values are text in the data set's Specific Character Set (PS3.5 §6.1.2.3).</summary>
    public static bool UsesCharacterSet(this DicomVr vr) => (Bit(vr) & s_characterSetText) != 0;

    /// <summary>Whether values are text of any kind.</summary>
    public static bool IsText(this DicomVr vr) => (Bit(vr) & (s_characterSetText | s_asciiText)) != 0;

    /// <summary>Whether a backslash is part of the text instead of a separator of values.</summary>
    public static bool IsSingleText(this DicomVr vr) => (Bit(vr) & s_singleText) != 0;

    /// <summary>Whether values are bytes or words without a meaning of their own (OB, OW, UN…).</summary>
    public static bool IsOpaque(this DicomVr vr) => (Bit(vr) & s_opaque) != 0;

    /// <summary>Bytes of one binary number of this representation; 1 where there is none.</summary>
    public static int UnitSize(this DicomVr vr) => vr switch
    {
        DicomVr.US or DicomVr.SS or DicomVr.OW => 2,
        DicomVr.AT or DicomVr.FL or DicomVr.SL or DicomVr.UL or DicomVr.OF or DicomVr.OL => 4,
        DicomVr.FD or DicomVr.SV or DicomVr.UV or DicomVr.OD or DicomVr.OV => 8,
        _ => 1,
    };

    /// <summary>Reads the two letters of a representation that exists. False for anything else.</summary>
    public static bool TryParse(byte first, byte second, out DicomVr vr)
    {
        int a = first - 'A';
        int b = second - 'A';
        vr = a is >= 0 and < Letters && b is >= 0 and < Letters ? (DicomVr)s_byLetters[(a * Letters) + b] : DicomVr.None;
        return vr != DicomVr.None;
    }

    private static ulong Bit(DicomVr vr) => 1UL << (int)vr;

    private static byte[] ByLetters()
    {
        byte[] table = new byte[Letters * Letters];
        foreach (DicomVr vr in Enum.GetValues<DicomVr>().Where(vr => vr != DicomVr.None))
        {
            string code = vr.ToString();
            table[((code[0] - 'A') * Letters) + code[1] - 'A'] = (byte)vr;
        }

        return table;
    }
}
