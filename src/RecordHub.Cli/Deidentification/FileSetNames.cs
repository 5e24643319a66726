using System.Globalization;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;

namespace RecordHub.Cli.Deidentification;

/// <summary>Names of files in a file-set: a folder for each study and series, counted in the order of arrival (PS3.10 §8.2).</summary>
internal sealed class FileSetNames
{
    private readonly Dictionary<string, int> _studies = [];
    private readonly Dictionary<(string Study, string Series), (int Number, int Instances)> _series = [];

    /// <summary>The File ID for one more instance.</summary>
    public string[] Next(DicomDataSet instance)
    {
        string study = instance.GetString(DicomTags.StudyInstanceUID) ?? string.Empty;
        string series = instance.GetString(DicomTags.SeriesInstanceUID) ?? string.Empty;
        if (!_studies.TryGetValue(study, out int number))
        {
            number = _studies.Count + 1;
            _studies.Add(study, number);
        }

        (int Number, int Instances) at = _series.GetValueOrDefault(
            (study, series), (_series.Keys.Count(known => known.Study == study) + 1, 0));
        at.Instances++;
        _series[(study, series)] = at;
        return ["DICOM", Name("ST", number), Name("SE", at.Number), Name("IM", at.Instances)];
    }

    private static string Name(string prefix, int number) => prefix + number.ToString("D6", CultureInfo.InvariantCulture);
}
