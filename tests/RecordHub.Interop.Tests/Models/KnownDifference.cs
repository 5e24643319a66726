using System.Globalization;

namespace RecordHub.Interop.Tests.Models;

/// <summary>A class of differences between our models and those of DCMTK 3.6.7, each with its reason.</summary>
internal sealed record KnownDifference(string Reason, Func<Difference, bool> Explains)
{
    /// <summary>Of both models.</summary>
    public static KnownDifference[] OfBoth { get; } =
    [
        new("DCMTK has a dictionary of private elements; to us what a maker did not declare is UN, its bytes as they are",
            d => d is { IsPrivate: true, Ours.Vr: "UN", Theirs: { Vr: not "UN" } }),
        new("DCMTK leaves an element as UN although the standard's dictionary knows its representation (PS3.5 §6.2.2)",
            d => d is { IsPrivate: false, Theirs.Vr: "UN", Ours: { Vr: not "UN" } }),
        new("DCMTK writes a single with nine digits where fewer say the same number",
            d => BothAre(d, "FL") && Same(d, (a, b) => float.Parse(a, s_culture) == float.Parse(b, s_culture))),
        new("DCMTK writes a double with seventeen digits, the last of them not always the right one",
            d => BothAre(d, "FD") && Same(d, (a, b) => Near(double.Parse(a, s_culture), double.Parse(b, s_culture)))),
        new("DCMTK drops carets and equals signs at the end of a name; we keep how many there were",
            d => BothAre(d, "PN") && Names(d.Ours!).SequenceEqual(Names(d.Theirs!))),
        new("DCMTK pads an odd value when it reads; we pad when we write",
            d => (BothAre(d, "UN") || BothAre(d, "OB")) && d.Ours!.Bytes.Length % 2 == 1
                && Enumerable.SequenceEqual(d.Theirs!.Bytes, [.. d.Ours.Bytes, (byte)0])),
    ];

    /// <summary>Of JSON alone.</summary>
    public static KnownDifference[] OfJson { get; } =
    [
        new("DCMTK leaves the old character set in items, whose text it has made UTF-8 (PS3.18 §F.2)",
            d => d.Tag == 0x0008_0005 && d.Ours?.Values is ["ISO_IR 192"]),
        new("An integer string with more digits than IS may have (PS3.5 §6.2): to us a number, to DCMTK a text",
            d => BothAre(d, "IS") && Same(d, (a, b) => decimal.Parse(a, s_culture) == decimal.Parse(b, s_culture))),
        new("DCMTK leaves text as it was in items that alone declare a character set, which is no JSON then",
            d => d.Theirs?.Values.Any(text => text.Contains('\uFFFD')) == true && d.Ours?.Values.Any(text => text.Contains('\uFFFD')) == false),
        new("A decimal string stays as it is written where JSON allows that; DCMTK writes it anew",
            d => BothAre(d, "DS") && Same(d, (a, b) => decimal.Parse(a, NumberStyles.Float, s_culture) == decimal.Parse(b, NumberStyles.Float, s_culture))),
    ];

    /// <summary>Of XML alone.</summary>
    public static KnownDifference[] OfXml { get; } =
    [
        new("DCMTK writes words of binary values high byte first; they are little endian as in JSON (PS3.19 Table A.1.5-2)",
            d => d.Ours is { Binary: not null, Vr: "OW" or "OF" or "OD" or "OL" or "OV" } && d.Theirs?.Binary is not null
                && d.Theirs.Bytes.AsSpan().SequenceEqual(Turned(d.Ours))),
        new("Compressed pixels: DCMTK writes an empty InlineBinary in OB, we write none",
            d => d.Tag == 0x7FE0_0010 && d.Ours is { Binary: null } && d.Theirs is { Vr: "OB", Binary: "" }),
        new("DCMTK writes the ideographic group again where an empty phonetic one follows it",
            d => BothAre(d, "PN") && Same(d, (a, b) => a.Split('=') is [string first, string second, _]
                && b == $"{first}={second}={second}")),
        new("DCMTK declares UTF-8 where the data set declares nothing and is ASCII",
            d => d is { Tag: 0x0008_0005, Ours: null }),
        new("DCMTK's dictionary is older, and has no keyword",
            d => d is { Ours: { } ours, Theirs: { Keyword: "" } theirs } && ours.IsSame(theirs with { Keyword = ours.Keyword })),
        new("Without a creator, or in a second block of the same one, we keep the block of a private element",
            d => (d.Ours is null || d.Theirs is null) && (Convert.ToInt32(d.Path[..4], 16) & 1) != 0),
        new("Items of a sequence that DCMTK leaves as UN",
            d => d is { Theirs: null } && d.Path.Contains("300C0002/", StringComparison.Ordinal)),
        new("A value of blanks alone is an empty one (PS3.5 §6.2)",
            d => d is { Ours.Values: [], Theirs.Values: [""] }),
    ];

    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    private static bool BothAre(Difference difference, string vr) => difference.Ours?.Vr == vr && difference.Theirs?.Vr == vr;

    private static bool Same(Difference difference, Func<string, string, bool> same) =>
        difference.Ours!.Values.Count == difference.Theirs!.Values.Count
        && difference.Ours.Values.Zip(difference.Theirs.Values).All(pair => same(pair.First, pair.Second));

    private static bool Near(double one, double other) => Math.Abs(one - other) <= Math.Abs(one) * 1e-15;

    private static IEnumerable<string> Names(ModelElement element) => element.Values
        .Select(name => string.Join('=', name.Split('=').Select(group => group.TrimEnd('^'))).TrimEnd('='))
        .Where(name => name.Length > 0 || element.Values.Count > 1);

    private static byte[] Turned(ModelElement element)
    {
        int unit = element.Vr switch { "OW" => 2, "OF" or "OL" => 4, _ => 8 };
        byte[] bytes = element.Bytes;
        for (int i = 0; i + unit <= bytes.Length; i += unit)
        {
            bytes.AsSpan(i, unit).Reverse();
        }

        return bytes;
    }
}
