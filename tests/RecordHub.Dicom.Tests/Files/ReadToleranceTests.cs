using System.IO.Compression;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using static RecordHub.Dicom.Tests.Files.Raw;

namespace RecordHub.Dicom.Tests.Files;

/// <summary>What hospitals write against the standard: read, and named.</summary>
public class ReadToleranceTests
{
    private const uint Sequence = 0x0008_1140;
    private static readonly byte[] s_name = Short(0x0010_0010, "PN", "A^B ");
    private static readonly byte[] s_implicitName = Implicit(0x0010_0010, "A^B ");
    private static readonly byte[] s_code = Short(0x0008_0100, "SH", "CODE");
    private static readonly byte[] s_implicitCode = Implicit(0x0008_0100, "CODE");

    // How much is read of these depends on how the input comes.
    private static readonly ReadTolerance[] s_shownElsewhere = [ReadTolerance.DamagedDeflate, ReadTolerance.ValuesNotKept];

    internal static IEnumerable<TestCaseData> Inputs()
    {
        byte[] syntax = Short(0x0002_0010, "UI", "1.2.840.10008.1.2.1\0");
        yield return Case("no preamble", ReadTolerance.MissingPreamble, Join(Meta("1.2.840.10008.1.2.1", preamble: false), s_name));
        yield return Case("prefix without preamble", ReadTolerance.MissingPreamble, Join(Text("DICM"), syntax, s_name));
        yield return Case("preamble without prefix", ReadTolerance.MissingPrefix, Join(new byte[128], syntax, s_name));
        yield return Case("no meta", ReadTolerance.MissingFileMeta, Join(Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("no meta, implicit", ReadTolerance.MissingFileMeta, Join(Implicit(0x0008_0016, "1.2\0"), s_implicitName));
        yield return Case("no meta after prefix", ReadTolerance.MissingFileMeta, Join(new byte[128], Text("DICM"), Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("no syntax", ReadTolerance.MissingTransferSyntax, Join(new byte[128], Text("DICM"), Short(0x0002_0012, "UI", "1.2\0"), s_name));
        yield return Case("unknown syntax", ReadTolerance.UnknownTransferSyntax, Join(Meta("1.2.3.4"), s_name));
        yield return Case("explicit that is implicit", ReadTolerance.WrongTransferSyntax, Join(Meta("1.2.840.10008.1.2.1"), Implicit(0x0008_0016, "1.2\0"), s_implicitName));
        yield return Case("implicit that is explicit", ReadTolerance.WrongTransferSyntax, Join(Meta("1.2.840.10008.1.2"), Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("big endian that is little", ReadTolerance.WrongTransferSyntax, Join(Meta("1.2.840.10008.1.2.2"), Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("deflated that is not", ReadTolerance.WrongTransferSyntax, Join(Meta("1.2.840.10008.1.2.1.99"), Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("no group length", ReadTolerance.MissingFileMetaGroupLength, Join(new byte[128], Text("DICM"), syntax, s_name));
        yield return Case("wrong group length", ReadTolerance.WrongFileMetaGroupLength, Join(new byte[128], Text("DICM"), Short(0x0002_0000, "UL", UInt32(9)), syntax, s_name));
        yield return Case("implicit meta", ReadTolerance.ImplicitFileMeta, Join(new byte[128], Text("DICM"), Implicit(0x0002_0010, "1.2.840.10008.1.2.1\0"), s_name));
        yield return Case("big endian meta", ReadTolerance.BigEndianFileMeta, Join(new byte[128], Text("DICM"), [0, 2, 0, 16], Text("UI"), [0, 20], Text("1.2.840.10008.1.2.1\0"), s_name));
        yield return Case("preamble of zeros, then the data set", ReadTolerance.MissingPrefix, Join(new byte[128], Short(0x0008_0016, "UI", "1.2\0"), s_name));
        yield return Case("group length of zero", ReadTolerance.WrongFileMetaGroupLength, Join(new byte[128], Text("DICM"), Short(0x0002_0000, "UL", UInt32(0)), syntax, s_name));
        yield return Case("syntax with blanks and zeros after it", ReadTolerance.MissingFileMetaGroupLength, Join(new byte[128], Text("DICM"), Short(0x0002_0010, "UI", "1.2.840.10008.1.2.1 \0\0"), s_name));
        yield return Case("recognition code of an older standard", ReadTolerance.MissingFileMeta, Join(Implicit(0x0008_0000, UInt32(100)), Implicit(0x0008_0001, UInt32(200)), Implicit(0x0008_0010, "ACR-NEMA 2.0"), s_implicitName));
        yield return Case("command set before the data set", ReadTolerance.MisplacedGroup, Join(Implicit(0x0000_0000, UInt32(0)), Implicit(0x0000_0002, "1.2\0"), Implicit(0x0008_0016, "1.2\0"), s_implicitName));
        yield return Case("zlib header", ReadTolerance.ZlibWrappedDeflate, Join(Meta("1.2.840.10008.1.2.1.99"), Zlib(s_name)));
        yield return Case("odd length", ReadTolerance.OddLength, ExplicitFile(s_name, Short(0x0010_0020, "LO", "ABC")));
        yield return Case("unknown letters", ReadTolerance.InvalidVr, ExplicitFile(Long(0x0008_0070, "ZZ", Text("ACME")), s_name));
        yield return Case("unknown letters, short", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "XX", "ACME"), s_name));
        yield return Case("unknown letters, empty", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "XX", ""), s_name));
        yield return Case("small letters", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "lo", "ACME"), s_name));
        yield return Case("small letters of a sequence", ReadTolerance.InvalidVr, ExplicitFile(Long(Sequence, "sq", Item(s_code)), s_name));
        yield return Case("hyphens", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "--", "ACME"), s_name));
        yield return Case("blanks without a length", ReadTolerance.InvalidVr, ExplicitFile(Join(Text("\u0008\0\u0070\0"), Text("  ")), s_name));
        yield return Case("blanks at the end", ReadTolerance.InvalidVr, ExplicitFile(s_name, Short(0x0010_0020, "  ", "")));
        yield return Case("long representation with a short length", ReadTolerance.ShortLengthForm, ExplicitFile(Short(0x0008_0119, "UC", "LONG CODE "), s_name));
        yield return Case("reserved bytes that are set", ReadTolerance.ReservedBytesSet, ExplicitFile(Join(Text("\u0008\0\u0019\u0001UC\u0001\u0002"), UInt32(4), Text("CODE")), s_name));
        yield return Case("question marks", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "??", "ACME"), s_name));
        yield return Case("blanks", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "  ", "ACME"), s_name));
        yield return Case("nul", ReadTolerance.InvalidVr, ExplicitFile(Short(0x0008_0070, "\0\0", "ACME"), s_name));
        yield return Case("one implicit element", ReadTolerance.ImplicitElement, ExplicitFile(Implicit(0x0008_0070, "ACME"), s_name));
        yield return Case("implicit items", ReadTolerance.ImplicitElement, ExplicitFile(Long(Sequence, "SQ", OpenItem(s_implicitCode), Undefined), EndOfSequence, s_name));
        yield return Case("explicit items", ReadTolerance.ExplicitElement, ImplicitFile(Implicit(Sequence, OpenItem(s_code), Undefined), EndOfSequence, s_implicitName));
        yield return Case("UN of known representation", ReadTolerance.UnknownVrResolved, ExplicitFile(Long(0x0008_0070, "UN", Text("ACME")), s_name));
        yield return Case("UN sequence", ReadTolerance.UnknownVrResolved, ExplicitFile(Long(Sequence, "UN", Item(s_implicitCode)), s_name));
        yield return Case("UN sequence of undefined length", ReadTolerance.UnknownVrResolved, ExplicitFile(Long(Sequence, "UN", OpenItem(s_implicitCode), Undefined), EndOfSequence, s_name));
        yield return Case("UN sequence with explicit items", ReadTolerance.ExplicitElement, ExplicitFile(Long(Sequence, "UN", OpenItem(s_code), Undefined), EndOfSequence, s_name));
        yield return Case("length overflow", ReadTolerance.LengthOverflow, ExplicitFile(Short(0x0008_0070, "LO", Text(new string('A', 70_000)), 70_000 & 0xFFFF), s_name));
        yield return Case("item longer than its sequence", ReadTolerance.LengthExceedsParent, ExplicitFile(Long(Sequence, "SQ", Item(s_code, 100)), s_name));
        yield return Case("element longer than its item", ReadTolerance.LengthExceedsParent, ExplicitFile(Long(Sequence, "SQ", Item(Short(0x0008_0100, "SH", Text("CODE"), 50))), s_name));
        yield return Case("item delimiter missing", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Item(s_code, Undefined), Undefined), EndOfSequence, s_name));
        yield return Case("item delimiter missing before an item", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Join(Item(s_code, Undefined), OpenItem(s_code)), Undefined), EndOfSequence, s_name));
        yield return Case("sequence delimiter missing", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", OpenItem(s_code), Undefined), s_name));
        yield return Case("delimiter after a defined length", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Item(s_code)), EndOfSequence, s_name));
        yield return Case("item delimiter counted in the length", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Item(Join(s_code, Implicit(0xFFFE_E00D, [])))), s_name));
        yield return Case("delimiter with length", ReadTolerance.DelimiterWithLength, ExplicitFile(Long(Sequence, "SQ", OpenItem(s_code), Undefined), Implicit(0xFFFE_E0DD, [], 4), s_name));
        yield return Case("item after the end of its sequence", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Join(Item(s_code), Item(s_code)), (uint)Item(s_code).Length), s_name));
        yield return Case("open item after the end of its sequence", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Join(Item(s_code), OpenItem(s_code)), (uint)Item(s_code).Length), s_name));
        yield return Case("items of an empty sequence", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Item(s_code), 0), s_name));
        yield return Case("item that belongs to nothing", ReadTolerance.MisplacedDelimiter, ExplicitFile(Item(Short(0x0010_0010, "PN", "X^Y ")), s_name));
        yield return Case("open item that belongs to nothing", ReadTolerance.MisplacedDelimiter, ExplicitFile(OpenItem(Short(0x0010_0010, "PN", "X^Y ")), s_name));
        yield return Case("item delimiter for a sequence delimiter", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", OpenItem(s_code), Undefined), Implicit(0xFFFE_E00D, []), s_name));
        yield return Case("sequence delimiter for an item delimiter", ReadTolerance.MisplacedDelimiter, ExplicitFile(Long(Sequence, "SQ", Join(Item(s_code, Undefined), EndOfSequence, OpenItem(s_code)), Undefined), EndOfSequence, s_name));
        yield return Case("sequence of bytes", ReadTolerance.SequenceWithoutItems, ExplicitFile(Long(Sequence, "SQ", Text("no items here...")), s_name));
        yield return Case("text of undefined length", ReadTolerance.UndefinedLengthValue, ImplicitFile(Implicit(0x0008_0070, Text("ACME no sequence"), Undefined), EndOfSequence, s_implicitName));
        yield return Case("out of order", ReadTolerance.OutOfOrder, ExplicitFile(s_name, Short(0x0008_0060, "CS", "CT")));
        yield return Case("twice", ReadTolerance.DuplicateElement, ExplicitFile(s_name, Short(0x0010_0010, "PN", "C^D ")));
        yield return Case("no private creator", ReadTolerance.MissingPrivateCreator, ExplicitFile(Short(0x0009_1001, "LO", "AB"), s_name));
        yield return Case("group 2 in the data set", ReadTolerance.MisplacedGroup, ExplicitFile(s_name, Short(0x0002_0016, "AE", "AB")));
        yield return Case("trailing zeros", ReadTolerance.TrailingZeros, ExplicitFile(s_name, new byte[100]));
        yield return Case("few trailing zeros", ReadTolerance.TrailingZeros, ExplicitFile(s_name, new byte[3]));
        yield return Case("data after pixels", ReadTolerance.DataAfterPixelData, ExplicitFile(s_name, Long(0x7FE0_0010, "OW", new byte[8]), Text("vendor's own trailer")));
        yield return Case("garbage", ReadTolerance.UnreadableElement, ExplicitFile(s_name, Long(0x0010_1002, "SQ", []), Text("\u0001\u0002 garbage that is no element")));
        yield return Case("encapsulated in a native syntax", ReadTolerance.PixelEncapsulationMismatch, ExplicitFile(s_name, Long(0x7FE0_0010, "OB", Join(Item([]), Item([1, 2])), Undefined), EndOfSequence));
        yield return Case("cut off", ReadTolerance.Truncated, ExplicitFile(s_name, Short(0x0010_0020, "LO", Text("AB"), 20)));
        yield return Case("misspelled character set", ReadTolerance.MisspelledCharacterSet, ExplicitFile(Short(0x0008_0005, "CS", "ISO IR 100"), s_name));
        yield return Case("unknown character set", ReadTolerance.UnknownCharacterSet, ExplicitFile(Short(0x0008_0005, "CS", "KLINGON "), s_name));
        yield return Case("undecodable text", ReadTolerance.UndecodableText, ExplicitFile(Short(0x0008_0005, "CS", "ISO_IR 192"), Short(0x0008_0070, "LO", "\u00E9A"), s_name));
        yield return Case("empty patient id", ReadTolerance.EmptyPatientId, ExplicitFile(Short(0x0008_0018, "UI", "1.2\0"), s_name));
        yield return Case("series without number", ReadTolerance.MissingSeriesNumber, ExplicitFile(s_name, Short(0x0020_000E, "UI", "1.2\0")));
    }

    [TestCaseSource(nameof(Inputs))]
    public void It_is_read_and_named(ReadTolerance tolerance, byte[] input)
    {
        DicomHeader header = DicomFile.ReadHeader(input);
        Assert.That(header.Warnings.Select(warning => warning.Tolerance), Does.Contain(tolerance));
        Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("A^B"));
        string expected = SampleData.Fingerprint(header);
        foreach (int piece in (int[])[1, 2, 3, 5, 8, 11, 64, 1000])
        {
            Assert.That(SampleData.Fingerprint(SampleData.Push(input, piece)), Is.EqualTo(expected), $"pieces of {piece}");
        }

        bool partial = tolerance is ReadTolerance.Truncated or ReadTolerance.UnreadableElement;
        Assert.That(header.TruncatedAt is not null, Is.EqualTo(partial));
    }

    [Test]
    public void Values_beyond_what_is_kept_are_places_and_named()
    {
        DicomReadOptions little = new() { MaxKeptBytes = 10 };
        DicomHeader header = DicomFile.ReadHeader(ExplicitFile(s_name, Short(0x0010_0020, "LO", "ABCDEFGH")), options: little);
        Assert.That(header.Warnings.Select(warning => warning.Tolerance), Does.Contain(ReadTolerance.ValuesNotKept));
        Assert.That(header.DataSet.TryGet(DicomTags.PatientID, out DicomElement id), Is.True);
        Assert.That((id.IsLoaded, id.ValueLength), Is.EqualTo((false, 8)));
    }

    [Test]
    public void Every_tolerance_has_an_input_of_its_own()
    {
        IEnumerable<ReadTolerance> shown = Inputs().Select(data => (ReadTolerance)data.Arguments[0]!);
        Assert.That(Enum.GetValues<ReadTolerance>().Except(shown), Is.EquivalentTo(s_shownElsewhere));
    }

    private static IEnumerable<TestCaseData> LegalForms()
    {
        yield return new TestCaseData(ExplicitFile(Long(Sequence, "SQ", []), s_name), 0).SetArgDisplayNames("empty sequence");
        yield return new TestCaseData(ExplicitFile(Long(Sequence, "SQ", [], Undefined), EndOfSequence, s_name), 0).SetArgDisplayNames("empty open sequence");
        yield return new TestCaseData(ImplicitFile(Implicit(Sequence, []), s_implicitName), 0).SetArgDisplayNames("empty sequence, implicit");
        yield return new TestCaseData(ImplicitFile(Implicit(Sequence, [], Undefined), EndOfSequence, s_implicitName), 0).SetArgDisplayNames("empty open sequence, implicit");
        yield return new TestCaseData(ExplicitFile(Long(Sequence, "SQ", Join(Item([]), Item([]))), s_name), 2).SetArgDisplayNames("empty items");
        yield return new TestCaseData(ExplicitFile(Long(Sequence, "SQ", Join(OpenItem([]), Item([])), Undefined), EndOfSequence, s_name), 2).SetArgDisplayNames("empty open items");
        yield return new TestCaseData(ImplicitFile(Implicit(Sequence, Join(Item(s_implicitCode), OpenItem(s_implicitCode)), Undefined), EndOfSequence, s_implicitName), 2).SetArgDisplayNames("open items, implicit");
        yield return new TestCaseData(ImplicitFile(Implicit(Sequence, Join(OpenItem(s_implicitCode), Item(s_implicitCode))), s_implicitName), 2).SetArgDisplayNames("items of both kinds, implicit");
    }

    [TestCaseSource(nameof(LegalForms))]
    public void What_the_standard_allows_is_read_without_a_warning(byte[] input, int items)
    {
        DicomHeader header = DicomFile.ReadHeader(input);
        Assert.That(header.Warnings, Is.Empty);
        Assert.That(header.DataSet.GetSequence(new DicomTag(Sequence)), Has.Count.EqualTo(items));
        Assert.That(header.DataSet.GetString(DicomTags.PatientName), Is.EqualTo("A^B"));
    }

    [TestCase("1.2.840.10008.1.2")]
    [TestCase("1.2.840.10008.1.2.1")]
    public void A_private_sequence_of_unknown_representation_and_undefined_length_has_items(string syntax)
    {
        bool isExplicit = syntax.EndsWith(".2.1", StringComparison.Ordinal);
        byte[] creator = isExplicit ? Short(0x0029_0010, "LO", "MAKER ") : Implicit(0x0029_0010, "MAKER ");
        byte[] content = Join(OpenItem(s_implicitCode), Item(s_implicitCode), EndOfSequence);
        byte[] sequence = isExplicit ? Long(0x0029_1001, "UN", content, Undefined) : Implicit(0x0029_1001, content, Undefined);
        DicomHeader header = DicomFile.ReadHeader(Join(
            Meta(syntax), isExplicit ? s_name : s_implicitName, creator, sequence));
        Assert.That(header.Warnings, Is.Empty);
        Assert.That(header.DataSet.GetSequence(new DicomTag(0x0029, 0x1001)).Select(item => item.GetString(DicomTags.CodeValue)), Is.EqualTo(new[] { "CODE", "CODE" }));
    }

    [Test]
    public void Items_survive_whatever_was_wrong_around_them()
    {
        foreach (TestCaseData data in Inputs())
        {
            DicomDataSet dataSet = DicomFile.ReadHeader((byte[])data.Arguments[1]!).DataSet;
            foreach (DicomDataSet item in dataSet.GetSequence(new DicomTag(Sequence)))
            {
                Assert.That(item.GetString(DicomTags.CodeValue), Is.EqualTo("CODE"), data.TestName);
            }
        }
    }

    [Test]
    public void Of_duplicates_the_first_stays_and_order_is_restored()
    {
        DicomDataSet dataSet = DicomFile.ReadHeader(ExplicitFile(
            s_name, Long(Sequence, "SQ", Join(Item(Join(Short(0x0008_0104, "LO", "M "), s_code)), Item(s_code))),
            Short(0x0010_0010, "PN", "C^D "), Short(0x0008_0060, "CS", "CT"))).DataSet;
        Assert.That(dataSet.GetString(DicomTags.PatientName), Is.EqualTo("A^B"));
        Assert.That(dataSet.GetString(DicomTags.Modality), Is.EqualTo("CT"));
        Assert.That(dataSet.Select(element => element.Tag), Is.Ordered);
        Assert.That(dataSet.GetSequence(new DicomTag(Sequence)), Has.Count.EqualTo(2));
        Assert.That(dataSet.GetSequence(new DicomTag(Sequence))[0].Select(e => e.Tag), Is.EqualTo(new[] { DicomTags.CodeValue, DicomTags.CodeMeaning }));
    }

    private static TestCaseData Case(string name, ReadTolerance tolerance, byte[] input) =>
        new TestCaseData(tolerance, input).SetArgDisplayNames(name);

    private static byte[] Zlib(byte[] bytes)
    {
        using MemoryStream output = new();
        using (ZLibStream zlib = new(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return output.ToArray();
    }
}
