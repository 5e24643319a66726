using System.Text;
using CsCheck;

namespace RecordHub.Documents.Tests;

public sealed class FuzzTests
{
    private static readonly DocumentLimits s_limits = DocumentLimits.Default with { MaxDuration = TimeSpan.FromSeconds(10) };

    private static IEnumerable<(DocumentKind Kind, byte[] Content)> Seeds()
    {
        yield return (DocumentKind.Pdf, Samples.Pdf(["Patient: Anna Muster", "DOB: 12.03.1965"], ["two"]));
        yield return (DocumentKind.Docx, Samples.Docx("one", "two"));
        yield return (DocumentKind.Odt, Samples.Odt("<a xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><text:p>x</text:p></a>"));
        yield return (DocumentKind.Rtf, @"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset128 x;}}\f0\uc2 a\u252??{\*\x y}\bin3 abc\par}"u8.ToArray());
        yield return (DocumentKind.Html, "<html><table><tr><td>a<p>b</table><select><option>c</select><svg><a/></svg>"u8.ToArray());
        yield return (DocumentKind.PlainText, "Patient: Anna Muster\nMRN: 123"u8.ToArray());
        yield return (DocumentKind.Hl7V2, "MSH|^~\\&|A|B|||2024||ORU^R01|1|P|2.5\rPID|||1^^^A&1.2&ISO~2||A^B||1965|F\rOBX|1|ED|x||^a^pdf^Base64^JVBERi0=\\X0D\\\r"u8.ToArray());
        yield return (DocumentKind.CdaDocument, Encoding.UTF8.GetBytes("<ClinicalDocument><recordTarget><patientRole><id root='1.2' extension='3'/></patientRole></recordTarget><component><structuredBody><component><section><text><list><item ID='a'>x</item></list></text><entry><observation><code code='1'/><value value='2'/></observation></entry></section></component></structuredBody></component></ClinicalDocument>"));
    }

    [TestCaseSource(nameof(Seeds))]
    public void Damaged_documents_end_in_an_outcome((DocumentKind Kind, byte[] Content) seed)
    {
        Random random = new(4711);
        for (int round = 0; round < 150; round++)
        {
            Assert.That(Reading.Outcome(seed.Kind, Mutation.Of(seed.Content, random), s_limits), Is.Not.Null);
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Cut_documents_end_in_an_outcome((DocumentKind Kind, byte[] Content) seed)
    {
        int step = Math.Max(1, seed.Content.Length / 60);
        for (int length = 0; length < seed.Content.Length; length += step)
        {
            Assert.That(Reading.Outcome(seed.Kind, seed.Content[..length], s_limits), Is.Not.Null);
        }
    }

    [Test]
    public void Random_bytes_end_in_an_outcome_as_any_kind()
    {
        Gen.Select(Gen.Enum<DocumentKind>(), Gen.Byte.Array[0, 300])
            .Sample((kind, bytes) => Reading.Outcome(kind, bytes, s_limits) is not null, iter: 1_000, threads: 1);
    }

    [Test]
    public void Random_bytes_never_make_the_sniffer_throw()
    {
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            DocumentSniffer.TryRecognise(bytes, "a.txt", out _);
        }, iter: 5_000, threads: 1);
    }
}
