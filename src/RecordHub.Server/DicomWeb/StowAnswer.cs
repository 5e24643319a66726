using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;

namespace RecordHub.Server.DicomWeb;

/// <summary>The Store Instances Response (PS3.18 §10.5.3, Annex I.2): what was stored, what was not, and why.</summary>
internal static class StowAnswer
{
    // There is no warning of the standard for "stored, and waiting for a person": the nearest says that what will be
    // found may differ from what was sent.
    private const int Held = 0xB000;

    public static async Task SendAsync(
        DicomWebCall call, IReadOnlyList<StowPart> parts, IReadOnlyDictionary<ItemId, HeldRecord> records,
        bool isWhole)
    {
        StowPart[] stored = [.. parts.Where(part => part.Item is not null)];
        StowPart[] failed = [.. parts.Where(part => part is { Item: null, Names.SopInstanceUid: not null })];
        StowPart[] nameless = [.. parts.Where(part => part is { Item: null, Names.SopInstanceUid: null })];
        bool warned = !isWhole || stored.Any(part => IsHeld(part, records));
        HttpResponse response = call.Context.Response;
        response.StatusCode = (stored.Length, failed.Length + nameless.Length) switch
        {
            (0, _) when parts.All(part => part.FailureReason == 0xA700) => StatusCodes.Status507InsufficientStorage,
            (0, _) => StatusCodes.Status409Conflict,
            (_, 0) when !warned => StatusCodes.Status200OK,
            _ => StatusCodes.Status202Accepted,
        };
        response.ContentType = DicomJson.MediaType;
        await using Utf8JsonWriter json = new(response.BodyWriter);
        json.WriteStartObject();

        // The study, when all that can be retrieved is of one (type 2: empty otherwise).
        string?[] studies = [.. stored.Select(part => StudyOf(part, records)).Where(study => study is not null).Distinct()];
        DicomJson.Write(json, "00081190", "UR", studies is [{ } study] ? [$"{call.Base}/studies/{study}"] : []);
        if (failed.Length > 0)
        {
            WriteSequence(json, "00081198", failed, part =>
            {
                WriteUids(json, part);
                DicomJson.Write(json, "00081197", "US", part.FailureReason);
            });
        }

        if (stored.Length > 0)
        {
            WriteSequence(json, "00081199", stored, part =>
            {
                WriteUids(json, part);
                if (IsHeld(part, records))
                {
                    DicomJson.Write(json, "00081196", "US", Held);
                }
                else if (StudyOf(part, records) is { } study
                    && part.Names is { SeriesInstanceUid: { } series, SopInstanceUid: { } instance })
                {
                    DicomJson.Write(json, "00081190", "UR", $"{call.Base}/studies/{study}/series/{series}/instances/{instance}");
                }
            });
        }

        if (nameless.Length > 0)
        {
            WriteSequence(json, "0008119A", nameless, part => DicomJson.Write(json, "00081197", "US", part.FailureReason));
        }

        json.WriteEndObject();
    }

    private static bool IsHeld(StowPart part, IReadOnlyDictionary<ItemId, HeldRecord> records) =>
        part.Item is { } item && records.TryGetValue(item, out HeldRecord? record) && record.State != RecordState.Filed;

    // Where a part can be retrieved; null while it is held, or not filed yet.
    private static string? StudyOf(StowPart part, IReadOnlyDictionary<ItemId, HeldRecord> records) =>
        part.Item is { } item && records.TryGetValue(item, out HeldRecord? record) && record.State == RecordState.Filed
            ? record.StudyInstanceUid
            : null;

    private static void WriteSequence(
        Utf8JsonWriter json, string tag, IReadOnlyList<StowPart> parts, Action<StowPart> writeItem)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", "SQ");
        json.WriteStartArray("Value");
        foreach (StowPart part in parts)
        {
            json.WriteStartObject();
            writeItem(part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUids(Utf8JsonWriter json, StowPart part)
    {
        DicomJson.Write(json, "00081150", "UI", part.Names.SopClassUid is { } sopClass ? [sopClass] : []);
        DicomJson.Write(json, "00081155", "UI", part.Names.SopInstanceUid is { } sopInstance ? [sopInstance] : []);
    }
}
