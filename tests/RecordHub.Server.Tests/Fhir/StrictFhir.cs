using System.Text;
using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using NUnit.Framework;

namespace RecordHub.Server.Tests.Fhir;

/// <summary>An R4 parser of other hands, which refuses what is not R4.</summary>
internal static class StrictFhir
{
    public static void Check(string json)
    {
        Utf8JsonReader reader = new(Encoding.UTF8.GetBytes(json));
        bool valid = FhirJsonDeserializer.STRICT.TryDeserializeResource(
            ref reader, out Resource? _, out IEnumerable<CodedException> issues);
        Assert.That(valid, Is.True, () => string.Join("; ", issues.Take(3).Select(issue => issue.Message)));
    }
}
