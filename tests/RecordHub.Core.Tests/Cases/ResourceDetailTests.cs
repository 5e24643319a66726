using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Tests.Cases;

/// <summary>What a line about a resource tells beside its title, whatever the sender left out.</summary>
[TestFixture]
public sealed class ResourceDetailTests
{
    [TestCase("""{"valueQuantity":{"value":12.0,"unit":"g/dL"}}""", "12.0 g/dL")]
    [TestCase("""{"valueQuantity":{"value":5,"comparator":"<","code":"mg/L"}}""", "<5 mg/L")]
    [TestCase("""{"valueQuantity":{"value":1e-3}}""", "1e-3")]
    [TestCase(
        """{"valueQuantity":{"value":9.8,"unit":"g/dL"},"interpretation":[{"coding":[{"code":"L","display":"Low"}]}],"referenceRange":[{"low":{"value":12,"unit":"g/dL"},"high":{"value":16,"unit":"g/dL"}}]}""",
        "9.8 g/dL (Low) (reference 12 g/dL to 16 g/dL)")]
    [TestCase("""{"valueQuantity":{"value":3,"unit":"U/L"},"referenceRange":[{"high":{"value":35}}]}""", "3 U/L (reference to 35)")]
    [TestCase("""{"valueQuantity":{"value":3},"referenceRange":[{"text":"< 35 (Frauen)"}]}""", "3 (reference < 35 (Frauen))")]
    [TestCase("""{"valueCodeableConcept":{"coding":[{"code":"POS"},{"display":"Positive"}]}}""", "Positive")]
    [TestCase("""{"valueString":" 2+ ","interpretation":{"text":"auffällig"}}""", "2+ (auffällig)")]
    [TestCase("""{"valueBoolean":false}""", "no")]
    [TestCase("""{"valueInteger":7}""", "7")]
    [TestCase("""{"valueRange":{"low":{"value":1,"unit":"cm"}}}""", "from 1 cm")]
    [TestCase("""{"valueRatio":{"numerator":{"value":1},"denominator":{"value":128}}}""", "1 : 128")]
    [TestCase("""{"valuePeriod":{"start":"2026-01-01","end":"2026-02-01"}}""", "2026-01-01 to 2026-02-01")]
    [TestCase("""{"dataAbsentReason":{"coding":[{"code":"not-performed","display":"Not Performed"}]}}""", "no value (Not Performed)")]
    [TestCase(
        """{"component":[{"code":{"text":"Systolic"},"valueQuantity":{"value":120,"unit":"mmHg"}},{"code":{"coding":[{"code":"8462-4"}]},"valueQuantity":{"value":80,"unit":"mmHg"}}]}""",
        "Systolic 120 mmHg; 8462-4 80 mmHg")]
    [TestCase("""{"valueSampledData":{"data":"1 2 3"}}""", null)]
    [TestCase("""{"valueQuantity":"7","component":"x","interpretation":[3],"referenceRange":{"low":[]}}""", null)]
    [TestCase("{}", null)]
    public void An_observation_says_its_value(string members, string? told) =>
        Assert.That(Of("Observation", members), Is.EqualTo(told));

    [TestCase("MedicationStatement", """{"dosage":[{"text":"1-0-1"},{"text":"bei Bedarf"}]}""", "1-0-1; bei Bedarf")]
    [TestCase("MedicationRequest", """{"dosageInstruction":[{"text":"500 mg twice daily"}]}""", "500 mg twice daily")]
    [TestCase(
        "AllergyIntolerance",
        """{"criticality":"high","reaction":[{"manifestation":[{"text":"Anaphylaxis"}],"severity":"severe"}]}""",
        "Anaphylaxis (severe); criticality high")]
    [TestCase("Condition", """{"valueString":"not asked for"}""", null)]
    public void Others_say_what_matters_of_them(string type, string members, string? told) =>
        Assert.That(Of(type, members), Is.EqualTo(told));

    [TestCase("", "x", 301)]
    [TestCase("", "\U0001F600", 301)]
    [TestCase("x", "\U0001F600", 300, Description = "the 300th would be half of a character")]
    public void It_is_a_line_and_not_a_text(string first, string repeated, int length)
    {
        string text = first + string.Concat(Enumerable.Repeat(repeated, 400));
        string? told = Of("Observation", JsonSerializer.Serialize(new Dictionary<string, string> { ["valueString"] = text }));

        Assert.That(told, Has.Length.EqualTo(length));
        Assert.That(() => new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(told!), Throws.Nothing);
    }

    private static string? Of(string type, string members)
    {
        using JsonDocument document = JsonDocument.Parse(members.Insert(1, $"\"resourceType\":\"{type}\"{(members == "{}" ? "" : ",")}"));
        return ResourceDetail.Of(document.RootElement);
    }
}
