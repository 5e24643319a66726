using System.Text.Json;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;

namespace RecordHub.Server.DicomWeb;

/// <summary>Writes a match with the attributes of its level (PS3.18 Tables 10.6.3-3 to 10.6.3-5), from the index.</summary>
internal static class QidoMatchWriter
{
    // Tag and representation; one that the instance lacks is answered empty.
    private static readonly (string Tag, string Vr)[] s_study =
    [
        ("00080020", "DA"), ("00080030", "TM"), ("00080050", "SH"), ("00080090", "PN"), ("00081030", "LO"),
        ("00100010", "PN"), ("00100020", "LO"), ("00100030", "DA"), ("00100040", "CS"), ("0020000D", "UI"),
        ("00200010", "SH"),
    ];

    private static readonly (string Tag, string Vr)[] s_series =
    [
        ("00080021", "DA"), ("00080031", "TM"), ("00080060", "CS"), ("0008103E", "LO"), ("0020000D", "UI"),
        ("0020000E", "UI"), ("00200011", "IS"), ("00400244", "DA"), ("00400245", "TM"),
    ];

    private static readonly (string Tag, string Vr)[] s_instance =
    [
        ("00080016", "UI"), ("00080018", "UI"), ("0020000D", "UI"), ("0020000E", "UI"), ("00200013", "IS"),
    ];

    // Answered where the instance has them: there is nothing to say about the rows of a report.
    private static readonly string[] s_whereThere =
        ["00080201", "00280008", "00280010", "00280011", "00280100", "00400275", "00180015", "00200060"];

    public static void Write(
        Utf8JsonWriter json, InstanceLevel level, bool withStudy, bool withSeries, InstanceMatch match, QidoQuery query,
        string serviceBase)
    {
        SortedDictionary<string, ReadOnlyMemory<byte>> attributes = new(StringComparer.Ordinal);
        HashSet<string> wanted = new(query.Included, StringComparer.Ordinal);
        Require(attributes, wanted, (withStudy, s_study), (withSeries, s_series), (level == InstanceLevel.Instance, s_instance));
        wanted.UnionWith(s_whereThere);
        Copy(match.Sample.Facts.Metadata, attributes, query.IncludesAll ? null : wanted);
        InstanceFacts facts = match.Sample.Facts;
        attributes["00080005"] = DicomJson.Text("CS", "ISO_IR 192");
        attributes["00080056"] = DicomJson.Text("CS", "ONLINE");
        attributes["00081190"] = DicomJson.Text("UR", Url(serviceBase, level, facts));
        if (level == InstanceLevel.Study)
        {
            attributes["00080061"] = DicomJson.Text("CS", match.ModalitiesInStudy);
            attributes["00201206"] = DicomJson.Number("IS", match.NumberOfSeries);
            attributes["00201208"] = DicomJson.Number("IS", match.NumberOfInstances);
        }
        else if (level == InstanceLevel.Series)
        {
            attributes["00201209"] = DicomJson.Number("IS", match.NumberOfInstances);
        }
        else
        {
            attributes["00083002"] = DicomJson.Text("UI", facts.TransferSyntaxUid);
        }

        json.WriteStartObject();
        foreach ((string tag, ReadOnlyMemory<byte> value) in attributes)
        {
            json.WritePropertyName(tag);
            json.WriteRawValue(value.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void Require(
        SortedDictionary<string, ReadOnlyMemory<byte>> attributes, HashSet<string> wanted,
        params ReadOnlySpan<(bool Applies, (string Tag, string Vr)[] List)> lists)
    {
        foreach ((bool applies, (string Tag, string Vr)[] list) in lists)
        {
            foreach ((string tag, string vr) in applies ? list : [])
            {
                attributes[tag] = DicomJson.Text(vr);
                wanted.Add(tag);
            }
        }
    }

    private static void Copy(
        ReadOnlyMemory<byte> metadata, SortedDictionary<string, ReadOnlyMemory<byte>> attributes, HashSet<string>? wanted)
    {
        Utf8JsonReader reader = new(metadata.Span, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string tag = reader.GetString() ?? string.Empty;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            ReadOnlyMemory<byte> value = metadata[start..(int)reader.BytesConsumed];
            if (wanted is null ? value.Span.IndexOf("\"BulkDataURI\""u8) < 0 : wanted.Contains(tag))
            {
                attributes[tag] = value;
            }
        }
    }

    private static string Url(string serviceBase, InstanceLevel level, InstanceFacts facts)
    {
        string study = $"{serviceBase}/studies/{facts.StudyInstanceUid}";
        return level switch
        {
            InstanceLevel.Study => study,
            InstanceLevel.Series => $"{study}/series/{facts.SeriesInstanceUid}",
            _ => $"{study}/series/{facts.SeriesInstanceUid}/instances/{facts.SopInstanceUid}",
        };
    }
}
