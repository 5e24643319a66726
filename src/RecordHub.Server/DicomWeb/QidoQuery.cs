using System.Globalization;
using Microsoft.AspNetCore.Http;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Server.Dicom;
using RecordHub.Server.Web;

namespace RecordHub.Server.DicomWeb;

/// <summary>A QIDO-RS request as it was understood (PS3.18 §8.3.4, §10.6). Reading it is pure.</summary>
internal sealed record QidoQuery
{
    private static readonly HashSet<string> s_keys = new(StringComparer.Ordinal)
    {
        "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "PatientName", "PatientID",
        "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "AccessionNumber", "StudyID",
        "StudyDescription", "ReferringPhysicianName", "InstitutionName", "Modality", "ModalitiesInStudy", "SeriesDate",
        "SeriesTime", "SeriesDescription", "SeriesNumber", "BodyPartExamined", "Laterality",
        "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "InstanceNumber", "Rows", "Columns",
        "NumberOfFrames",
    };

    public IReadOnlyList<KeyValuePair<string, string>> Matches { get; init; } = [];

    public bool Fuzzy { get; init; }

    public int Offset { get; init; }

    public required int Limit { get; init; }

    /// <summary>Whether the server's limit cut the client's.</summary>
    public bool IsCut { get; init; }

    /// <summary>Tags of <c>includefield</c>, eight hexadecimal digits each.</summary>
    public IReadOnlySet<string> Included { get; init; } = new HashSet<string>();

    public bool IncludesAll { get; init; }

    /// <summary>Parameters of §8.3.4 that were asked for and are passed over, which the answer says.</summary>
    public IReadOnlyList<string> Unsupported { get; init; } = [];

    /// <exception cref="RefusedException">A key is unknown, or a value is wrong (400).</exception>
    public static QidoQuery Read(IQueryCollection query, int mostMatches)
    {
        List<KeyValuePair<string, string>> matches = [];
        HashSet<string> included = [];
        List<string> unsupported = [];
        QidoQuery read = new() { Limit = mostMatches };
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            string value = string.Join(',', values.AsEnumerable());
            switch (name.ToLowerInvariant())
            {
                case "limit":
                    int limit = Number(name, value);
                    read = read with { Limit = Math.Min(limit, mostMatches), IsCut = limit > mostMatches };
                    break;
                case "offset":
                    read = read with { Offset = Number(name, value) };
                    break;
                case "fuzzymatching":
                    read = read with { Fuzzy = Truth(name, value) };
                    break;
                case "emptyvaluematching" or "multiplevaluematching":
                    if (Truth(name, value))
                    {
                        unsupported.Add(name.ToLowerInvariant());
                    }

                    break;
                case "includefield":
                    read = read with { IncludesAll = read.IncludesAll || !Include(value, included) };
                    break;
                case "accept" or "charset":
                    break;
                default:
                    if (value.Length > 0)
                    {
                        matches.Add(Match(name, values));
                    }

                    break;
            }
        }

        return read with { Matches = matches, Included = included, Unsupported = unsupported };
    }

    // Fields that the standard does not name are passed over: asking for more never spoils an answer (§8.3.4.3).
    private static bool Include(string value, HashSet<string> included)
    {
        foreach (string field in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (field.Equals("all", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            if (DicomTag.TryParse(field, out DicomTag tag) || DicomDictionary.TryGetTag(field, out tag))
            {
                included.Add(tag.ToHex());
            }
        }

        return true;
    }

    // What is said several times is a list (PS3.4 §C.2.2.2.2): of texts, in which a comma may stand, with a backslash.
    private static KeyValuePair<string, string> Match(string name, IEnumerable<string?> values)
    {
        string keyword = KeyOf(name);
        string value = string.Join('\\', values.Where(one => !string.IsNullOrEmpty(one)));
        return MatchingValue.WhyNot(keyword, value) is { } why
            ? throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", $"The key takes {why} (PS3.4 §C.2.2.2).", "http.parameter." + name)
            : new(keyword, value);
    }

    private static string KeyOf(string name)
    {
        string keyword = DicomTag.TryParse(name, out DicomTag tag) ? DicomDictionary.KeywordOf(tag) : name;
        return s_keys.Contains(keyword)
            ? keyword
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid",
                $"The key is not matched here; matched are {string.Join(", ", s_keys.Order(StringComparer.Ordinal))}.",
                "http.parameter." + name);
    }

    private static bool Truth(string name, string value) => value.ToLowerInvariant() switch
    {
        "true" => true,
        "false" => false,
        _ => throw new RefusedException(
            StatusCodes.Status400BadRequest, "invalid", "The parameter is true or false.", "http.parameter." + name),
    };

    private static int Number(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid", "The parameter takes a whole number.", "http.parameter." + name);
}
