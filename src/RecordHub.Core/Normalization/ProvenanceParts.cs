using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Normalization;

/// <summary>The parts that every Provenance of ours has (R4 provenance.html).</summary>
internal static class ProvenanceParts
{
    private const string Participant = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    internal static string Instant(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Who handed it over: the site, and who there entered it; else whoever sent it.</summary>
    internal static void Agents(this Utf8JsonWriter writer, string? site, string? sender)
    {
        Agent(writer, "transmitter", "Transmitter", site ?? sender ?? "Unknown sender");
        if (site is not null && sender is not null)
        {
            Agent(writer, "enterer", "Enterer", sender);
        }
    }

    internal static string Text(Door door) => door switch
    {
        Door.CStore => "received by DICOM C-STORE",
        Door.Stow => "received by DICOMweb STOW-RS",
        Door.Fhir => "received by FHIR",
        Door.Import => "imported",
        Door.Upload => "uploaded",
        _ => "fetched from the site",
    };

    private static void Agent(Utf8JsonWriter writer, string code, string display, string who)
    {
        writer.WriteStartObject();
        writer.Concept("type", Participant, code, display);
        writer.Reference("who", null, who);
        writer.WriteEndObject();
    }
}
