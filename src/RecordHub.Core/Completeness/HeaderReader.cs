using System.Globalization;
using System.Text.Json;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Completeness;

/// <summary>Takes from an instance's stored header (DICOM JSON, PS3.18 Annex F) what it says of how much there is.</summary>
internal static class HeaderReader
{
    internal static InstanceEvidence Read(StoredInstance instance)
    {
        InstanceFacts facts = instance.Facts;
        InstanceEvidence read = new()
        {
            Series = facts.SeriesInstanceUid,
            Sop = facts.SopInstanceUid,
            SeriesNumber = facts.SeriesNumber,
            IsSlice = facts.Modality?.Trim() is "CT" or "MR" or "PT",
            Number = facts.InstanceNumber,
            Frames = facts.NumberOfFrames ?? 1,
        };
        Utf8JsonReader json = new(facts.Metadata.Span, new JsonReaderOptions { MaxDepth = 256 });
        if (facts.Metadata.IsEmpty || !json.Read())
        {
            return read;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            read = json switch
            {
                _ when json.ValueTextEquals("00200012"u8) => read with { Acquisition = Number(ref json) },
                _ when json.ValueTextEquals("00201002"u8) => read with { AcquisitionImages = Number(ref json) },
                _ when json.ValueTextEquals("00201206"u8) => read with { StudySeries = Number(ref json) },
                _ when json.ValueTextEquals("00201208"u8) => read with { StudyInstances = Number(ref json) },
                _ when json.ValueTextEquals("00201209"u8) => read with { SeriesInstances = Number(ref json) },
                _ => read,
            };
            json.Skip();
        }

        return read;
    }

    // Leaves the reader where Skip goes on behind the value: at its last token.
    private static int? Number(ref Utf8JsonReader json)
    {
        json.Read();
        using JsonDocument element = JsonDocument.ParseValue(ref json);
        return element.RootElement.TryGetProperty("Value", out JsonElement values)
            && values.ValueKind == JsonValueKind.Array && values.GetArrayLength() > 0
            ? values[0].ValueKind switch
            {
                JsonValueKind.Number when values[0].TryGetInt32(out int number) => number,
                JsonValueKind.String when int.TryParse(
                    values[0].GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) => number,
                _ => null,
            }
            : null;
    }
}
