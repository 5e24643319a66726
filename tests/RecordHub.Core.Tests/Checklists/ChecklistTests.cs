using System.Text;
using NUnit.Framework;
using RecordHub.Core.Checklists;

namespace RecordHub.Core.Tests.Checklists;

public sealed class ChecklistTests
{
    [Test]
    public void Four_specialties_have_a_checklist_that_says_it_needs_a_signature()
    {
        Assert.That(
            ChecklistSet.BuiltIn.Specialties, Is.EqualTo(new[] { "cardiology", "neurology", "oncology", "paediatrics" }));
        foreach (string specialty in ChecklistSet.BuiltIn.Specialties)
        {
            Assert.That(ChecklistSet.BuiltIn.For(specialty).Note, Does.Contain("clinician"));
        }
    }

    [Test]
    public void A_folder_replaces_a_checklist()
    {
        string folder = Directory.CreateTempSubdirectory("recordhub-checklists").FullName;
        File.WriteAllText(Path.Combine(folder, "oncology.json"), Minimal("oncology"));

        ChecklistSet set = ChecklistSet.Load(folder);

        Assert.That(set.For("oncology").Items.Single().Id, Is.EqualTo("x"));
        Assert.That(set.For("neurology").Items, Has.Count.GreaterThan(5));
        Directory.Delete(folder, recursive: true);
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{\"specialty\":\"s\",\"note\":\"n\",\"items\":[]}")]
    [TestCase("{\"specialty\":\"s\",\"note\":\"n\",\"items\":[{\"id\":\"x\"}]}")]
    public void What_is_no_checklist_is_said(string json) =>
        Assert.That(() => Checklist.Parse(Encoding.UTF8.GetBytes(json)), Throws.InstanceOf<FormatException>());

    [Test]
    public void A_misspelt_word_in_a_match_is_said() => Assert.That(
        () => Checklist.Parse(Encoding.UTF8.GetBytes(Minimal("s").Replace("resource", "resourse", StringComparison.Ordinal))),
        Throws.InstanceOf<FormatException>().With.Message.Contains("resource"));

    private static string Minimal(string specialty) =>
        $$"""
        {"specialty":"{{specialty}}","note":"n","items":[{"id":"x","label":"X","section":"notes","level":"required",
         "match":{"resource":["Consent"]},"reason":"r","askText":"a"}]}
        """;
}
