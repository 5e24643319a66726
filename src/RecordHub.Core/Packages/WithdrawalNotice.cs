using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Packages;

/// <summary>
/// The Communication (R4 communication.html) in the case that tells its readers not to rely on a version. Pure; it says
/// nothing of what was taken out, which may be another patient's.
/// </summary>
internal static class WithdrawalNotice
{
    private const string System = "urn:recordhub:notice";

    internal static StoredResource Of(CaseFile file, Withdrawal withdrawal)
    {
        string id = ResourceId.Of(
            file.Number, "Communication",
            string.Create(CultureInfo.InvariantCulture, $"withdrawn-{withdrawal.At.ToUnixTimeMilliseconds()}"));
        ReadOnlyMemory<byte> json = FhirJson.Resource("Communication", writer =>
        {
            writer.WriteString("id", id);
            writer.WriteString("status", "completed");
            writer.WriteStartArray("category");
            writer.ConceptItem(System, "withdrawn", "Records were taken out of published versions", null);
            writer.WriteEndArray();
            writer.WriteString("priority", "urgent");
            writer.Reference("subject", $"Patient/{file.Patient.Id}");
            writer.WriteStartArray("about");
            writer.ReferenceItem($"ServiceRequest/{CaseResources.ServiceRequestId(file.Number)}");
            foreach (int version in withdrawal.Versions)
            {
                writer.ReferenceItem($"DocumentReference/{PublicationResources.ReferenceId(file.Number, version)}");
            }

            writer.WriteEndArray();
            writer.WriteString("sent", PackageBuilder.Instant(withdrawal.At));
            string[] readers = [.. withdrawal.Readers.Select(one => $"{one.Name} ({one.Role})").Distinct(StringComparer.Ordinal)];
            if (readers.Length > 0)
            {
                writer.WriteStartArray("recipient");
                foreach (string reader in readers)
                {
                    writer.ReferenceItem(null, reader);
                }

                writer.WriteEndArray();
            }

            writer.WriteStartArray("payload");
            writer.WriteStartObject();
            writer.WriteString("contentString", TextOf(withdrawal));
            writer.WriteEndObject();
            writer.WriteEndArray();
        });
        return new StoredResource
        {
            Type = "Communication",
            Id = id,
            Case = file.Number,
            PatientId = file.Patient.Id,
            Json = json,
            Index = FhirIndexer.Index("Communication", json.Span),
        };
    }

    /// <summary>What it says, without a word about the records.</summary>
    internal static string TextOf(Withdrawal withdrawal)
    {
        bool one = withdrawal.Versions.Count == 1;
        string versions = string.Join(", ", withdrawal.Versions);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(one ? "Version" : "Versions")} {versions} of the package of case {withdrawal.Case} {(one ? "holds" : "hold")} records that a person has taken out of the case since; they may be another patient's. Do not rely on {(one ? "that version" : "those versions")}, and remove copies. The next version is without them.");
    }
}
