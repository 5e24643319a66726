using System.Text;
using CsCheck;
using RecordHub.Documents.Archives;

namespace RecordHub.Documents.Tests;

/// <summary>Names in a ZIP that does not say that they are UTF-8.</summary>
public sealed class EntryNamesTests
{
    [TestCase(437, "Müller, Jürgen/Größe.pdf")]
    [TestCase(437, "Ärztebrief Übelkeit.txt")]
    [TestCase(437, "résumé de séjour.pdf")]
    [TestCase(866, "Выписка Иванова.pdf")]
    [TestCase(866, "Снимки/МРТ головы.dcm")]
    [TestCase(1251, "Выписка Иванова.pdf")]
    [TestCase(1252, "Müller, Jürgen/Größe.pdf")]
    [TestCase(1252, "Ärztebrief Übelkeit.txt")]
    [TestCase(65001, "Müller Выписка 画像.pdf")]
    public async Task They_are_read_in_the_code_page_in_which_they_are_words(int page, string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        byte[] bytes = Encoding.GetEncoding(page).GetBytes(name);

        Assert.That(await Walk(bytes), Is.EqualTo(name));
    }

    [Test]
    public async Task A_name_that_climbs_is_refused_in_every_code_page() =>
        Assert.That(await Walk([.. "../"u8, 0x81, 0xFC, .. ".txt"u8]), Does.StartWith("refused"));

    [Test]
    public void No_bytes_break_it_and_it_is_never_empty() => Gen.Byte.Array[1, 300].Sample(
        bytes => EntryNames.Decode(bytes).Length > 0 && EntryNames.Decode(bytes) == EntryNames.Encoding.GetString(bytes));

    // The name of the same length is put in its place: the writer would set the flag.
    private static async Task<string> Walk(byte[] name)
    {
        string plain = new('~', name.Length);
        byte[] zip = Samples.Zip((plain, [65]));
        byte[] sought = Encoding.ASCII.GetBytes(plain);
        for (int at = zip.AsSpan().IndexOf(sought); at >= 0; at = zip.AsSpan().IndexOf(sought))
        {
            name.CopyTo(zip, at);
        }

        await foreach (ArchiveItem item in ZipWalker.WalkAsync(new MemoryStream(zip), ArchiveLimits.Default))
        {
            return item is ArchiveItem.Member member ? member.Path : $"refused {item}";
        }

        return "nothing";
    }
}
