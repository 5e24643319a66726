using System.Globalization;
using System.Text;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;

namespace RecordHub.Core.Normalization.DicomInput;

/// <summary>The content tree of a structured report (PS3.3 §C.17.3) as text: a line an item, children indented.</summary>
internal static class ReportText
{
    private const int MaxChars = 4_000_000;
    private const int MaxDepth = 64;

    private static readonly DicomTag s_content = new(0x0040, 0xA730);
    private static readonly DicomTag s_valueType = new(0x0040, 0xA040);
    private static readonly DicomTag s_conceptName = new(0x0040, 0xA043);
    private static readonly DicomTag s_conceptCode = new(0x0040, 0xA168);
    private static readonly DicomTag s_measuredValues = new(0x0040, 0xA300);
    private static readonly DicomTag s_numericValue = new(0x0040, 0xA30A);
    private static readonly DicomTag s_units = new(0x0040, 0x08EA);
    private static readonly DicomTag s_qualifier = new(0x0040, 0xA301);
    private static readonly DicomTag s_text = new(0x0040, 0xA160);
    private static readonly DicomTag s_dateTime = new(0x0040, 0xA120);
    private static readonly DicomTag s_date = new(0x0040, 0xA121);
    private static readonly DicomTag s_time = new(0x0040, 0xA122);
    private static readonly DicomTag s_personName = new(0x0040, 0xA123);
    private static readonly DicomTag s_uid = new(0x0040, 0xA124);
    private static readonly DicomTag s_referencedSop = new(0x0008, 0x1199);
    private static readonly DicomTag s_referencedClass = new(0x0008, 0x1150);
    private static readonly DicomTag s_referencedInstance = new(0x0008, 0x1155);
    private static readonly DicomTag s_frames = new(0x0008, 0x1160);
    private static readonly DicomTag s_graphicType = new(0x0070, 0x0023);

    public static string Write(DicomDataSet dataSet, out bool truncated)
    {
        StringBuilder text = new();
        if (DicomCode.Read(dataSet, s_conceptName) is { } title)
        {
            text.Append(title.Text).Append('\n').Append('\n');
        }

        WriteItems(text, dataSet, 0);
        truncated = text.Length >= MaxChars;
        return text.ToString().TrimEnd('\n') is { Length: > 0 } written ? written + "\n" : string.Empty;
    }

    private static void WriteItems(StringBuilder text, DicomDataSet dataSet, int depth)
    {
        if (depth > MaxDepth)
        {
            return;
        }

        foreach (DicomDataSet item in dataSet.GetSequence(s_content))
        {
            if (text.Length >= MaxChars)
            {
                return;
            }

            WriteItem(text, item, depth);
        }
    }

    private static void WriteItem(StringBuilder text, DicomDataSet item, int depth)
    {
        string type = item.GetString(s_valueType)?.Trim() ?? string.Empty;
        string? name = DicomCode.Read(item, s_conceptName)?.Text;
        string? value = ValueOf(item, type);
        if (type == "CONTAINER" && name is not null && depth == 0 && text.Length > 1 && text[^2] != '\n')
        {
            text.Append('\n');
        }

        int below = depth;
        if (name is not null || value is not null)
        {
            string line = (name, value) switch
            {
                (null, _) => value ?? string.Empty,
                (_, null) => name + ":",
                _ => $"{name}: {value}",
            };
            Indent(text, line, depth);
            below++;
        }

        WriteItems(text, item, below);
    }

    private static void Indent(StringBuilder text, string value, int depth)
    {
        foreach (string line in value.ReplaceLineEndings("\n").Split('\n'))
        {
            text.Append(' ', depth * 2).Append(line.TrimEnd()).Append('\n');
        }
    }

    private static string? ValueOf(DicomDataSet item, string type) => type switch
    {
        "TEXT" => item.GetString(s_text),
        "CODE" => DicomCode.Read(item, s_conceptCode)?.Text,
        "NUM" => Number(item),
        "PNAME" => DicomFhir.Name(item.GetString(s_personName)),
        "DATE" => DicomFhir.Date(item.GetString(s_date)) ?? item.GetString(s_date),
        "TIME" => item.GetString(s_time),
        "DATETIME" => DateTime(item.GetString(s_dateTime)),
        "UIDREF" => item.GetString(s_uid),
        "IMAGE" or "WAVEFORM" or "COMPOSITE" => Reference(item),
        "SCOORD" or "SCOORD3D" => $"region ({item.GetString(s_graphicType)?.Trim().ToLowerInvariant() ?? "unknown"})",
        "TCOORD" => "time range",
        _ => null,
    };

    private static string? Number(DicomDataSet item)
    {
        foreach (DicomDataSet measured in item.GetSequence(s_measuredValues))
        {
            if (measured.GetString(s_numericValue)?.Trim() is { Length: > 0 } number)
            {
                DicomCode? unit = DicomCode.Read(measured, s_units);
                string shown = unit switch
                {
                    null => string.Empty,
                    { Scheme: "UCUM", Value: "1" or "{no units}" } => string.Empty,
                    { Scheme: "UCUM", Value: { Length: > 0 } ucum } => " " + ucum,
                    { } other => " " + other.Text,
                };
                return number + shown;
            }
        }

        return DicomCode.Read(item, s_qualifier)?.Text;
    }

    private static string? DateTime(string? text)
    {
        string value = text?.Trim() ?? string.Empty;
        if (value.Length < 12)
        {
            return DicomFhir.Date(value) ?? (value.Length == 0 ? null : value);
        }

        string seconds = value.Length >= 14 ? ":" + value[12..14] : string.Empty;
        return DicomFhir.Date(value[..8]) is { } day ? $"{day} {value[8..10]}:{value[10..12]}{seconds}" : value;
    }

    private static string? Reference(DicomDataSet item)
    {
        List<string> references = [];
        foreach (DicomDataSet referenced in item.GetSequence(s_referencedSop))
        {
            string what = DicomTitle.Of(referenced.GetString(s_referencedClass) ?? string.Empty, null);
            string frames = string.Join(", ", referenced.GetStrings(s_frames).Where(frame => frame.Trim().Length > 0));
            references.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{what} {referenced.GetString(s_referencedInstance)}{(frames.Length == 0 ? string.Empty : $" frame {frames}")}"));
        }

        return references.Count == 0 ? null : string.Join("; ", references);
    }
}
