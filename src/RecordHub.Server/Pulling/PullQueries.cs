using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Server.Pulling;

/// <summary>By which keys a site is asked, and what of its answers is meant. Pure.</summary>
internal static class PullQueries
{
    private const int MostUids = 50;

    // What the answer has to say too: a site may take signs of a value for wildcards, or leave a key out.
    private static readonly DicomTag[] s_compared =
        [DicomTags.PatientID, DicomTags.AccessionNumber, DicomTags.PatientBirthDate, DicomTags.StudyInstanceUID];

    /// <summary>The keys of each query.</summary>
    public static IEnumerable<DicomDataSet> Of(PullRequest request)
    {
        foreach (string patient in request.PatientIds)
        {
            yield return Since(Keys(DicomTags.PatientID, DicomVr.LO, patient), request.Since);
        }

        foreach (string[] uids in request.Studies.Chunk(MostUids))
        {
            yield return Keys(DicomTags.StudyInstanceUID, DicomVr.UI, string.Join('\\', uids));
        }

        // An accession number says little by itself: whose study it is has to have the birth date too.
        foreach (string accession in request.Accessions)
        {
            if (request.BirthDate is { } born)
            {
                yield return Keys(DicomTags.AccessionNumber, DicomVr.SH, accession)
                    .AddText(DicomTags.PatientBirthDate, DicomVr.DA, born);
            }
        }

        if (request is { PatientIds: [], Studies: [], Accessions: [], Since: { } since })
        {
            yield return Since(new DicomDataSet(), since);
        }
    }

    /// <summary>The study of an answer; null when it is not what was asked for.</summary>
    public static FoundStudy? Read(DicomDataSet keys, DicomDataSet answer) =>
        answer.GetString(DicomTags.StudyInstanceUID) is { Length: > 0 } uid && Array.TrueForAll(s_compared, tag => IsMeant(tag, keys, answer))
            ? new FoundStudy(
                uid, answer.GetString(DicomTags.PatientID), answer.GetString(DicomTags.NumberOfStudyRelatedInstances) ?? string.Empty)
            : null;

    private static bool IsMeant(DicomTag tag, DicomDataSet keys, DicomDataSet answer)
    {
        string[] wanted = [.. keys.GetStrings(tag).Where(value => value.Length > 0)];
        return wanted.Length == 0 || wanted.Contains(answer.GetString(tag));
    }

    private static DicomDataSet Keys(DicomTag tag, DicomVr vr, string value) => new DicomDataSet()
        .AddText(tag, vr, value).Add(DicomTags.NumberOfStudyRelatedInstances, string.Empty);

    private static DicomDataSet Since(DicomDataSet keys, DateOnly? since) => since is { } day
        ? keys.AddText(DicomTags.StudyDate, DicomVr.DA, day.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "-")
        : keys;
}
