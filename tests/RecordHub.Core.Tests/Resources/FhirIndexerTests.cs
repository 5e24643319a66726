using System.Text;
using Hl7.Fhir.FhirPath;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using NUnit.Framework;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Normalization;

namespace RecordHub.Core.Tests.Resources;

public class FhirIndexerTests
{
    [Test]
    public void Index_finds_each_kind_of_value()
    {
        IReadOnlyList<IndexEntry> entries = FhirIndexer.Index("Observation", """
            {"resourceType":"Observation","meta":{"tag":[{"system":"t","code":"1"}],"profile":["http://p"]},"status":"final",
             "identifier":[{"system":"urn:x","value":"9"}],
             "code":{"coding":[{"system":"http://loinc.org","code":"1-8"},{"code":"local"}]},
             "subject":{"reference":"Patient/p1","identifier":{"system":"urn:m","value":"77"}},
             "effectivePeriod":{"start":"1970-01-01"},"valueString":"Größe"}
            """u8);

        Assert.That(entries, Does.Contain(new IndexEntry("_tag", IndexKind.Token, "t", "1")));
        Assert.That(entries, Does.Contain(new IndexEntry("_profile", IndexKind.Uri, Value: "http://p")));
        Assert.That(entries, Does.Contain(new IndexEntry("status", IndexKind.Token, "", "final")));
        Assert.That(entries, Does.Contain(new IndexEntry("identifier", IndexKind.Token, "urn:x", "9")));
        Assert.That(entries, Does.Contain(new IndexEntry("code", IndexKind.Token, "http://loinc.org", "1-8")));
        Assert.That(entries, Does.Contain(new IndexEntry("code", IndexKind.Token, "", "local")));
        Assert.That(entries, Does.Contain(new IndexEntry("patient", IndexKind.Reference, "Patient", "p1")));
        Assert.That(entries, Does.Contain(new IndexEntry("subject:identifier", IndexKind.Token, "urn:m", "77")));
        Assert.That(entries, Does.Contain(new IndexEntry("date", IndexKind.Date, Low: 0, High: long.MaxValue)));
        Assert.That(entries, Does.Contain(new IndexEntry("value-string", IndexKind.String, Value: "grosse")));
    }

    [Test]
    public void Index_refuses_what_is_no_JSON_object()
    {
        Assert.That(() => FhirIndexer.Index("Patient", "[]"u8), Throws.TypeOf<FhirFormatException>());
        Assert.That(() => FhirIndexer.Index("Patient", "{"u8), Throws.TypeOf<FhirFormatException>());
    }

    [Test]
    public void The_table_has_every_parameter_of_R4_whose_kind_is_kept()
    {
        string[] left = ["Bundle.composition", "Bundle.message"];
        foreach (var parameter in ModelInfo.SearchParameters)
        {
            bool isKept = parameter.Type is SearchParamType.Token or SearchParamType.Reference or SearchParamType.Date
                or SearchParamType.String or SearchParamType.Uri;
            string? type = parameter.Resource;
            if (isKept && type is not (null or "Resource" or "DomainResource") && SearchParameterTable.IsResourceType(type)
                && parameter.Code is { } code && !string.IsNullOrEmpty(parameter.Expression) && !left.Contains($"{type}.{code}")
                && type is not ("StructureDefinition" or "ConceptMap")
                && !parameter.Expression.Contains("extension", StringComparison.Ordinal))
            {
                Assert.That(SearchParameterTable.Find(type, code), Is.Not.Null, $"{type}.{code}: {parameter.Expression}");
            }
        }
    }

    /// <summary>A parameter has entries exactly when FHIRPath finds something at the standard's expression.</summary>
    [Test]
    public void Index_agrees_with_FHIRPath_on_the_official_examples()
    {
        string[] codes = ["identifier", "status", "code", "category", "type", "date", "subject", "patient", "family", "name", "url", "encounter"];
        var table = ModelInfo.SearchParameters.ToLookup(p => p.Resource);
        int compared = 0;
        foreach (string file in SharedData.Files("fhir/r4-examples"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            if (!FhirJsonDeserializer.OSTRICH.TryDeserializeResource(Encoding.UTF8.GetString(bytes), out Resource? resource, out _)
                || resource is null)
            {
                continue;
            }

            IReadOnlyList<IndexEntry> entries = FhirIndexer.Index(resource.TypeName, bytes);
            foreach (string code in codes)
            {
                string? expression = table[resource.TypeName].FirstOrDefault(p => p.Code == code)?.Expression;
                if (string.IsNullOrEmpty(expression) || expression.Contains("resolve()", StringComparison.Ordinal))
                {
                    continue;
                }

                bool isThere = resource.Select(expression).Any(value => HasValue(value) && !(code == "date" && value is FhirString));
                Assert.That(entries.Any(e => e.Parameter == code || e.Parameter == code + ":identifier"), Is.EqualTo(isThere), $"{file} {code}");
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(500));
    }

    // Words alone are no token, no reference and no date.
    private static bool HasValue(Base? value) => value switch
    {
        null => false,
        CodeableConcept concept => concept.Coding.Any(c => c.Code is not null),
        ResourceReference reference => reference.Identifier?.Value is not null || reference.Reference is { } text && !text.StartsWith('#'),
        Identifier identifier => identifier.Value is not null,
        Period period => period.Start is not null || period.End is not null,
        Timing timing => timing.Event.Any() || timing.Repeat?.Bounds is Period,
        PrimitiveType primitive => primitive.HasValidValue() && primitive.JsonValue is not null,
        Coding coding => coding.Code is not null,
        _ => true,
    };
}
