using System.Text.Json;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using Hl7.Fhir.Utility;
using NUnit.Framework;

namespace RecordHub.Core.Tests.Normalization;

/// <summary>An R4 parser of other hands, which refuses what is not R4.</summary>
internal static class Strict
{
    public static void Check(ReadOnlySpan<byte> json, string what)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 256 });
        bool valid = FhirJsonDeserializer.STRICT.TryDeserializeResource(
            ref reader, out Resource? _, out IEnumerable<CodedException> issues);
        Assert.That(
            valid, Is.True,
            () => $"{what}: {string.Join("; ", issues.Take(3).Select(i => i.Message))}");
    }
}
