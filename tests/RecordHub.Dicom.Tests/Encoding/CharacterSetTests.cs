using NUnit.Framework;
using RecordHub.Dicom.Encoding;
using static RecordHub.Dicom.Tests.Files.Raw;

namespace RecordHub.Dicom.Tests.Encoding;

public class CharacterSetTests
{
    private const string Esc = "\u001B";

    // The examples of PS3.5 Annexes H, I, J and K, byte for byte.
    [TestCase("\\ISO 2022 IR 87", "Yamada^Tarou=" + Esc + "$B;3ED" + Esc + "(B^" + Esc + "$BB@O:" + Esc + "(B", "Yamada^Tarou=山田^太郎")]
    [TestCase("ISO 2022 IR 13\\ISO 2022 IR 87", "\u00D4\u00CF\u00C0\u00DE^\u00C0\u00DB\u00B3=" + Esc + "$B;3ED" + Esc + "(J^" + Esc + "$BB@O:" + Esc + "(J", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎")]
    [TestCase("\\ISO 2022 IR 149", "Hong^Gildong=" + Esc + "$)C\u00FB\u00F3^" + Esc + "$)C\u00D1\u00CE\u00D4\u00D7", "Hong^Gildong=洪^吉洞")]
    [TestCase("\\ISO 2022 IR 149", "\u00FB\u00F3", "洪")]
    [TestCase("ISO_IR 192", "Wang^XiaoDong=\u00E7\u008E\u008B^\u00E5\u00B0\u008F\u00E6\u009D\u00B1=", "Wang^XiaoDong=王^小東=")]
    [TestCase("GB18030", "Wang^XiaoDong=\u00CD\u00F5^\u00D0\u00A1\u00B6\u00AB=", "Wang^XiaoDong=王^小东=")]
    [TestCase("GBK", "\u00CD\u00F5", "王")]
    [TestCase("\\ISO 2022 IR 58", "Zhang^XiaoDong=" + Esc + "$)A\u00D5\u00C5^" + Esc + "$)A\u00D0\u00A1\u00B6\u00AB=", "Zhang^XiaoDong=张^小东=")]
    [TestCase("ISO_IR 100", "Buc^J\u00E9r\u00F4me", "Buc^Jérôme")]
    [TestCase("ISO_IR 101", "Wa\u00B3\u00EAsa", "Wałęsa")]
    [TestCase("ISO_IR 109", "\u00C6", "Ĉ")]
    [TestCase("ISO_IR 110", "\u00BF", "ŋ")]
    [TestCase("ISO_IR 144", "\u00BB\u00EEce\u00DC\u00D1yp\u00D3", "Люceмбypг")]
    [TestCase("ISO_IR 127", "\u00E2\u00C8\u00C7\u00E6\u00EA", "قباني")]
    [TestCase("ISO_IR 126", "\u00C4\u00E9\u00EF\u00ED\u00F5\u00F3\u00E9\u00EF\u00F2", "Διονυσιος")]
    [TestCase("ISO_IR 138", "\u00F9\u00F8\u00E5\u00EF", "שרון")]
    [TestCase("ISO_IR 148", "\u00C7avu\u00FEo\u00F0lu", "Çavuşoğlu")]
    [TestCase("ISO_IR 166", "\u00B9\u00D2\u00C1", "นาม")]
    [TestCase("ISO_IR 203", "\u00A4", "€")]
    [TestCase("ISO 2022 IR 6\\ISO 2022 IR 144", Esc + "-L\u00BB\u00EE^A", "Лю^A")]
    [TestCase("\\ISO 2022 IR 159", Esc + "$(D0!" + Esc + "(B", "丂")]
    public void Text_of_each_character_set_is_read(string terms, string bytes, string text)
    {
        CharacterSet set = CharacterSet.Of(Text(terms));
        Assert.That(set.Decode(Text(bytes), "\\^="u8), Is.EqualTo(text));
        Assert.That((set.IsUnknown, set.IsMisspelled), Is.EqualTo((false, false)));
    }

    [TestCase("ISO IR 192", "ISO_IR 192")]
    [TestCase("ISO-IR 100", "ISO_IR 100")]
    [TestCase("ISO_IR_100", "ISO_IR 100")]
    [TestCase("ISO_IR100", "ISO_IR 100")]
    [TestCase("iso_ir 100", "ISO_IR 100")]
    [TestCase("UTF-8", "ISO_IR 192")]
    [TestCase("ISO 2022-IR 87", "ISO 2022 IR 87")]
    [TestCase("ISO2022 IR 149", "ISO 2022 IR 149")]
    [TestCase("ISO_IR 100\\ISO 2022 IR 144", "ISO 2022 IR 100\\ISO 2022 IR 144")]
    [TestCase("\\ISO-2022-IR-87", "\\ISO 2022 IR 87")]
    [TestCase("\\iso 2022 ir 149", "\\ISO 2022 IR 149")]
    [TestCase("ISO 192", "ISO_IR 192")]
    [TestCase("IR 100", "ISO_IR 100")]
    [TestCase("ISO_8859-15", "ISO_IR 203")]
    [TestCase("iso8859-5", "ISO_IR 144")]
    [TestCase("GB2312", "ISO 2022 IR 58")]
    [TestCase("gb18030", "GB18030")]
    [TestCase("EUC-KR", "ISO 2022 IR 149")]
    [TestCase("ISO_IR 192\\ISO 2022 IR 87", "ISO_IR 192")]
    public void A_misspelled_term_is_understood_and_named(string written, string meant)
    {
        CharacterSet set = CharacterSet.Of(Text(written));
        byte[] bytes = [0xC3, 0xA9, 0xB0, 0xA1];
        Assert.That((set.IsMisspelled, set.IsUnknown), Is.EqualTo((true, false)));
        Assert.That(set.Decode(bytes, []), Is.EqualTo(CharacterSet.Of(Text(meant)).Decode(bytes, [])));
    }

    [Test]
    public void A_backslash_inside_a_character_is_no_delimiter()
    {
        // The second byte of this character is 5C in GB18030, and of the other in JIS X 0208.
        Assert.That(CharacterSet.Of("GB18030"u8).Decode([0x81, 0x5C], "\\"u8), Is.EqualTo("乗"));
        Assert.That(
            CharacterSet.Of("\\ISO 2022 IR 87"u8).Decode([0x1B, (byte)'$', (byte)'B', 0x30, 0x5C, 0x1B, (byte)'(', (byte)'B'], "\\"u8),
            Does.Not.Contain('\\'));
    }

    [TestCase("SHIFT_JIS")]
    [TestCase("ISO_IR 13")]
    public void Shift_jis_is_read_although_no_term_means_it(string term) =>
        Assert.That(CharacterSet.Of(Text(term)).Decode([0x8E, 0x52, 0x93, 0x63, 0x5E, 0x95, 0x5C, 0xB1], "\\^="u8), Is.EqualTo("山田^表ｱ"));

    [TestCase("ISO_IR 126", "\u00A1\u00A2\u00A4\u00A5\u00AA\u00FF", "‘’€₯ͺ\uFFFD")]
    [TestCase("ISO_IR 138", "\u00AF\u00A1", "¯\uFFFD")]
    [TestCase("ISO_IR 127", "\u00A1", "\uFFFD")]
    [TestCase("ISO_IR 166", "\u00DB", "\uFFFD")]
    public void A_code_without_a_character_is_replaced(string term, string bytes, string text) =>
        Assert.That(CharacterSet.Of(Text(term)).Decode(Text(bytes), []), Is.EqualTo(text));

    [TestCase('\n')]
    [TestCase('\r')]
    [TestCase('\f')]
    [TestCase('\t')]
    public void A_line_or_page_brings_the_first_character_set_back(char control)
    {
        string text = CharacterSet.Of("ISO 2022 IR 100\\ISO 2022 IR 87"u8)
            .Decode(Text(Esc + "$B;3" + control + "a\u00E9"), []);
        Assert.That(text, Is.EqualTo("山" + control + "aé"));
    }

    [Test]
    public void A_backslash_in_text_of_one_value_brings_nothing_back()
    {
        Assert.That(CharacterSet.Of("\\ISO 2022 IR 144"u8).Decode(Text(Esc + "-L\u00BB\\\u00BB"), []), Is.EqualTo("Л\\Л"));
    }

    [Test]
    public void A_delimiter_brings_the_first_character_set_back()
    {
        string text = CharacterSet.Of("ISO_IR 100\\ISO 2022 IR 144"u8).Decode(Text(Esc + "-L\u00BB^\u00E9"), "\\^="u8);
        Assert.That(text, Is.EqualTo("Л^é"));
    }

    [Test]
    public void Bytes_that_are_no_text_are_replaced()
    {
        Assert.That(CharacterSet.Of("ISO_IR 192"u8).Decode([0x41, 0xE9, 0x42], []), Is.EqualTo("A\uFFFDB"));
        Assert.That(CharacterSet.Of("NO SUCH SET"u8).Decode([0x41, 0xE9], []), Is.EqualTo("A\uFFFD"));
        Assert.That(CharacterSet.Of("NO SUCH SET"u8).IsUnknown, Is.True);
        Assert.That(CharacterSet.Default.Decode([0x1B, 0x7F, 0x41], []), Does.EndWith("A"));
    }

    [Test]
    public void Any_bytes_in_any_character_set_are_some_text()
    {
        Random random = new(7);
        byte[] bytes = new byte[40];
        string[] terms = [.. CharacterSetTerm.All.Select(term => term.Name)];
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            if (i % 2 == 0)
            {
                bytes[random.Next(bytes.Length)] = 0x1B;
                bytes[random.Next(bytes.Length)] = (byte)'$';
            }

            string label = terms[i % terms.Length] + "\\" + terms[random.Next(terms.Length)];
            Assert.That(CharacterSet.Of(Text(label)).Decode(bytes, "\\^="u8), Is.Not.Null);
        }
    }

    [Test]
    public void What_a_character_set_lacks_is_not_written_in_it()
    {
        Assert.That(CharacterSet.Latin1.Encode("é"), Is.EqualTo(new byte[] { 0xE9 }));
        Assert.That(CharacterSet.Utf8.Encode("é"), Is.EqualTo(new byte[] { 0xC3, 0xA9 }));
        Assert.That(() => CharacterSet.Latin1.Encode("山"), Throws.ArgumentException);
    }
}
