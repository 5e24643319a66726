using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Resources;

public class FhirTextTests
{
    [TestCase("  Müller-Lüdenscheidt ", "muller-ludenscheidt")]
    [TestCase("Straße\t  Ørsted", "strasse orsted")]
    [TestCase("Łódź", "lodz")]
    [TestCase("ＡＢＣ", "abc")]
    [TestCase("山田", "山田")]
    public void Fold_lowers_and_drops_marks(string text, string folded) =>
        Assert.That(FhirText.Fold(text), Is.EqualTo(folded));

    [Test]
    public void Fold_of_folded_text_changes_nothing_and_never_throws() =>
        Gen.String.Sample(text => FhirText.Fold(FhirText.Fold(text)).Length <= FhirText.Fold(text).Length * 2);
}
