using System.Text;
using NUnit.Framework;
using RecordHub.Core.Requests;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Requests;

public sealed class StudyWishesTests
{
    private const string Accession = """{"type":{"coding":[{"code":"ACSN"}]},"value":"A-17"}""";
    private static readonly DateTimeOffset s_now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_study_that_a_record_names_and_that_has_not_come_is_wished_for()
    {
        StudyWishes wishes = Of([], Make("ImagingStudy", $$"""{"identifier":[{"value":"urn:oid:1.2.3"},{{Accession}}]}"""));

        Assert.That(wishes.Studies, Is.EqualTo(new[] { "1.2.3" }));
        Assert.That(wishes.Accessions, Is.EqualTo(new[] { "A-17" }));
    }

    [Test]
    public void One_that_has_come_is_not_wished_for_and_neither_is_its_accession_number() => Assert.That(
        Of(
            ["1.2.3"], Make("ImagingStudy", $$"""{"identifier":[{"value":"urn:oid:1.2.3"},{{Accession}}]}"""),
            Make("DiagnosticReport", $$"""{"identifier":[{{Accession}}]}""")),
        Is.EqualTo(new StudyWishes([], [])).Using<StudyWishes>(AreAlike));

    [TestCase("""{"status":"entered-in-error","identifier":[{"value":"urn:oid:1.2.3"}]}""")]
    [TestCase("""{"identifier":[{"value":"urn:oid:1.2.3*"}]}""")]
    [TestCase("""{"identifier":[{"value":"1.2.3"}]}""")]
    [TestCase("""{"identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"*"}]}""")]
    [TestCase("""{"identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"17"}]}""")]
    [TestCase("""{"identifier":[{"type":"ACSN","value":17}, 4]}""")]
    [TestCase("""{"identifier":{"value":"urn:oid:1.2.3"}}""")]
    [TestCase("""{}""")]
    public void What_was_taken_back_or_is_no_such_identifier_is_no_wish(string json) =>
        Assert.That(Of([], Make("ImagingStudy", json)), Is.EqualTo(new StudyWishes([], [])).Using<StudyWishes>(AreAlike));

    [Test]
    public void What_we_made_ourselves_is_no_wish() => Assert.That(
        Of([], Make("ImagingStudy", """{"identifier":[{"value":"urn:oid:1.2.3"}]}""") with { RecordId = null }).Studies, Is.Empty);

    [TestCase("12", 0, "12", false)]
    [TestCase("12", 0, "13", true)]
    [TestCase("12", 1, "12", false)]
    [TestCase("12", 1, "13", true)]
    public void A_study_is_fetched_again_when_the_site_says_another_thing(string noted, int failures, string says, bool due) =>
        Assert.That(StudyPullMark.IsDue(new StudyPullMark(noted, failures, s_now.AddMinutes(1)), says, s_now), Is.EqualTo(due));

    [Test]
    public void A_study_is_fetched_when_it_never_was_and_again_after_its_pause_when_not_all_came()
    {
        Assert.That(StudyPullMark.IsDue(null, "", s_now), Is.True);
        Assert.That(StudyPullMark.IsDue(new StudyPullMark("", 1, s_now), "", s_now), Is.True);
    }

    private static bool AreAlike(StudyWishes one, StudyWishes other) =>
        one.Studies.SequenceEqual(other.Studies) && one.Accessions.SequenceEqual(other.Accessions);

    private static StudyWishes Of(string[] here, params ResourceVersion[] resources) => StudyWishes.Of(resources, here.ToHashSet());

    private static ResourceVersion Make(string type, string json) => new()
    {
        Type = type,
        Id = "x",
        Version = 1,
        LastUpdated = s_now,
        Deleted = false,
        RecordId = "r",
        Json = Encoding.UTF8.GetBytes(json),
    };
}
