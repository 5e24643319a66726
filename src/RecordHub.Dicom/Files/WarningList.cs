using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>Collects warnings up to a limit; the same tolerance at the same tag counts once.</summary>
internal sealed class WarningList(int limit)
{
    private List<ReadWarning>? _warnings;

    public IReadOnlyList<ReadWarning> Warnings => _warnings is null ? [] : _warnings;

    public void Add(ReadTolerance tolerance, long offset, DicomTag tag)
    {
        _warnings ??= [];
        if (_warnings.Count >= limit)
        {
            return;
        }

        foreach (ReadWarning warning in _warnings)
        {
            if (warning.Tolerance == tolerance && warning.Tag == tag)
            {
                return;
            }
        }

        _warnings.Add(new ReadWarning(tolerance, offset, tag));
    }
}
