using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Resources;

public sealed class StudyProvenanceTests
{
    private static readonly StudyKey s_study = new(new CaseNumber(3), "1.2.3");
    private static readonly DateTimeOffset s_start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly StudyDelivery s_push = new()
    {
        Door = Door.CStore,
        Site = "North",
        Sender = "NORTH_CT",
        First = s_start,
        Last = s_start.AddMinutes(2),
        Instances = 600,
    };

    private static readonly StudyDelivery s_disc = new()
    {
        Door = Door.Import,
        First = s_start.AddMinutes(1),
        Last = s_start.AddMinutes(1),
        Instances = 1,
    };

    [Test]
    public void It_says_for_each_door_who_brought_how_much_and_when()
    {
        using JsonDocument json = JsonDocument.Parse(StudyProvenance.Build(s_study, "p1", [s_disc, s_push])!.Json);
        JsonElement root = json.RootElement;

        Assert.That(root.GetProperty("recorded").GetString(), Is.EqualTo("2026-01-02T03:06:05.000Z"));
        Assert.That(
            root.GetProperty("target").EnumerateArray().Select(one => one.GetProperty("reference").GetString()),
            Is.EqualTo([$"ImagingStudy/{ImagingStudyBuilder.StudyId(s_study)}", "Patient/p1"]));
        Assert.That(
            root.GetProperty("entity").EnumerateArray()
                .Select(one => one.GetProperty("what").GetProperty("display").GetString()),
            Is.EqualTo(["600 instances received by DICOM C-STORE", "1 instance imported"]));
        Assert.That(
            root.GetProperty("agent").EnumerateArray()
                .Select(one => one.GetProperty("who").GetProperty("display").GetString()),
            Is.EqualTo(["North", "NORTH_CT", "Unknown sender"]));
    }

    [Test]
    public void The_order_of_the_deliveries_does_not_matter() => Assert.That(
        StudyProvenance.Build(s_study, "p1", [s_disc, s_push])!.Json.ToArray(),
        Is.EqualTo(StudyProvenance.Build(s_study, "p1", [s_push, s_disc])!.Json.ToArray()));

    [Test]
    public void A_study_that_nobody_brought_has_none() =>
        Assert.That(StudyProvenance.Build(s_study, "p1", []), Is.Null);
}
