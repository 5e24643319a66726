using NUnit.Framework;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity;

public sealed class NameMatchTests
{
    [TestCase("Müller", "Jörg", "MUELLER", "JOERG")]
    [TestCase("Müller", "Jörg", "Muller", "Jorg")]
    [TestCase("Smith-Jones", "Ann", "SMITH JONES", "ANN")]
    [TestCase("O'Brien", "Mary Ann", "OBRIEN", "MARY")]
    [TestCase("Smith", "Mary Ann", "Smith", "Mary A.")]
    [TestCase("Smith Jr", "John", "Smith", "John Junior")]
    [TestCase("Ångström", "Åse", "AANGSTROEM", "AASE")]
    [TestCase("Smith", "John", "John", "Smith")]
    public void The_same_name_agrees_however_it_is_written(string family, string given, string claimed, string claimedGiven) =>
        Assert.That(Compare(family, given, claimed, claimedGiven), Is.EqualTo(NameAgreement.Same));

    [TestCase("Kim", "Min Jun", "KIM", "MIN SEO", nameof(NameAgreement.Unclear))]
    [TestCase("Smith", "John", "Smith", "John Jr", nameof(NameAgreement.Unclear))]
    [TestCase("Smith", "John Senior", "Smith", "John Jr.", nameof(NameAgreement.OtherGiven))]
    [TestCase("Smith", "John", "Smith", "Jane", nameof(NameAgreement.OtherGiven))]
    [TestCase("Smith", "John", "Jones", "Jane", nameof(NameAgreement.Different))]
    [TestCase("Smith", "Jane", "Jones", "Jane", nameof(NameAgreement.Unclear))]
    [TestCase("Smith", "John", "Smith", "J", nameof(NameAgreement.Unclear))]
    [TestCase("Smith", "John", "Smith", "", nameof(NameAgreement.Unclear))]
    [TestCase("Smith", "John", "Jones", "", nameof(NameAgreement.Different))]
    [TestCase("Smith", "John", "", "", nameof(NameAgreement.Unsaid))]
    [TestCase("Smith", "John", "TRAUMA", "Unknown", nameof(NameAgreement.Different))]
    public void Other_names_are_told_apart(string family, string given, string claimed, string claimedGiven, string expected) =>
        Assert.That(Compare(family, given, claimed, claimedGiven).ToString(), Is.EqualTo(expected));

    [Test]
    public void Any_writing_of_the_name_may_agree() => Assert.That(
        NameMatch.Compare([new("山田", "太郎"), new("Yamada", "Tarou")], new PersonName("Yamada", "Tarou")),
        Is.EqualTo(NameAgreement.Same));

    private static NameAgreement Compare(string family, string given, string claimed, string claimedGiven) =>
        NameMatch.Compare([new PersonName(claimed, claimedGiven)], new PersonName(family, given));
}
