using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Network;

namespace RecordHub.Server.Dicom;

/// <summary>Reads the identifiers of queries and retrievals (PS3.4 §C.4). Pure.</summary>
internal static class QueryKeys
{
    // What instances are searched by; other keys are answered, but match everything.
    private static readonly HashSet<string> s_matched = new(StringComparer.Ordinal)
    {
        "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "SOPClassUID", "PatientName", "PatientID",
        "IssuerOfPatientID", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "AccessionNumber", "StudyID",
        "StudyDescription", "ReferringPhysicianName", "InstitutionName", "Modality", "ModalitiesInStudy", "SeriesDate",
        "SeriesTime", "SeriesDescription", "SeriesNumber", "BodyPartExamined", "Laterality",
        "PerformedProcedureStepStartDate", "PerformedProcedureStepStartTime", "InstanceNumber", "Rows", "Columns",
        "NumberOfFrames",
    };

    /// <summary>The keywords that instances are searched by.</summary>
    public static IEnumerable<string> Matched => s_matched;

    /// <summary>The keys with a value that instances are searched by.</summary>
    /// <exception cref="InstanceException">A value is none that can be matched (A900).</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Matches(DicomDataSet identifier) =>
        [.. identifier.Where(element => IsMatched(element.Tag)).Select(element => Match(identifier, element.Tag))
            .Where(match => match.Value.Length > 0)];

    /// <summary>Whether the answer is to say how many instances a patient, a study or a series has.</summary>
    public static bool AskForInstances(DicomDataSet identifier) =>
        identifier.Contains(DicomTags.NumberOfPatientRelatedInstances) || identifier.Contains(DicomTags.NumberOfStudyRelatedInstances)
        || identifier.Contains(DicomTags.NumberOfSeriesRelatedInstances);

    /// <summary>Whether a key that has a value is matched.</summary>
    public static bool IsMatched(DicomTag tag) => s_matched.Contains(DicomDictionary.KeywordOf(tag));

    /// <summary>What a C-MOVE or C-GET names: the unique key of its level, and those of the levels above where given.</summary>
    /// <exception cref="InstanceException">The unique key is missing, or does not name anything (A900).</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Unique(DicomDataSet identifier, InstanceLevel level)
    {
        List<KeyValuePair<string, string>> keys = [];
        for (InstanceLevel one = InstanceLevel.Patient; one <= level; one++)
        {
            DicomTag tag = QueryLevels.UniqueKeyOf(one);
            string[] values = [.. identifier.GetStrings(tag).Where(value => value.Length > 0)];
            if (values.Length == 0 && one == level)
            {
                throw QueryLevels.Mismatch(
                    $"{DicomDictionary.NameOf(tag)} is missing, the unique key of this level", tag);
            }

            if (values.Any(value => one == InstanceLevel.Patient
                ? value.AsSpan().ContainsAny('*', '?') || values.Length > 1
                : !Uid.TryParse(value, out _)))
            {
                throw QueryLevels.Mismatch($"{DicomDictionary.NameOf(tag)} is no single value or list of UIDs", tag);
            }

            if (values.Length > 0)
            {
                keys.Add(new(DicomDictionary.KeywordOf(tag), string.Join('\\', values)));
            }
        }

        return keys;
    }

    private static KeyValuePair<string, string> Match(DicomDataSet identifier, DicomTag tag)
    {
        string keyword = DicomDictionary.KeywordOf(tag);
        string value = string.Join('\\', identifier.GetStrings(tag));
        return MatchingValue.WhyNot(keyword, value) is { } why
            ? throw QueryLevels.Mismatch($"{keyword} takes {why}", tag)
            : new(keyword, value);
    }
}
