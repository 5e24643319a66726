using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Dicom.Media;

/// <summary>
/// What a DICOMDIR says of the files beside it, to be compared with what they are. It is trusted never: files are read
/// whatever it says, and each contradiction has a name.
/// </summary>
public sealed class FileSet
{
    private readonly Dictionary<string, DirectoryReference> _byPath = [];

    /// <param name="references">What the DICOMDIR refers to.</param>
    public FileSet(IReadOnlyList<DirectoryReference> references)
    {
        ArgumentNullException.ThrowIfNull(references);
        foreach (DirectoryReference reference in references)
        {
            _byPath.TryAdd(Normal(reference.Path), reference);
        }
    }

    /// <summary>Files that it names.</summary>
    public int Count => _byPath.Count;

    /// <summary>Whether the DICOMDIR was read to its end: else it may name more.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>Whether it names the file.</summary>
    /// <param name="path">Relative to the DICOMDIR's folder, '/' separated.</param>
    public bool Names(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return _byPath.ContainsKey(Normal(path));
    }

    /// <summary>What contradicts the DICOMDIR in a DICOM file that is there; null when nothing does.</summary>
    /// <param name="path">Relative to the DICOMDIR's folder, '/' separated.</param>
    /// <param name="header">What the file is.</param>
    public FileSetFinding? Check(string path, DicomHeader header)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(header);
        if (!_byPath.TryGetValue(Normal(path), out DirectoryReference? reference))
        {
            return FileSetFinding.NotInDicomdir;
        }

        DicomDataSet instance = header.DataSet;
        bool agrees = Agrees(reference.SopClassUid, instance.GetUid(DicomTags.SOPClassUID))
            && Agrees(reference.SopInstanceUid, instance.GetUid(DicomTags.SOPInstanceUID))
            && Agrees(reference.TransferSyntaxUid, header.FileMeta?.GetUid(DicomTags.TransferSyntaxUID) ?? Uid.None);
        return !agrees ? FileSetFinding.DisagreesWithDicomdir
            : Agrees(reference.PatientId, instance.GetString(DicomTags.PatientID)) ? null
            : FileSetFinding.OfAnotherPatientInDicomdir;
    }

    /// <summary>What it names and is not there.</summary>
    /// <param name="paths">All files there are, relative to the DICOMDIR's folder, '/' separated.</param>
    public IReadOnlyList<string> Missing(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        HashSet<string> there = [.. paths.Select(Normal)];
        return [.. _byPath.Where(pair => !there.Contains(pair.Key)).Select(pair => pair.Value.Path)];
    }

    // What one of the two leaves open is no contradiction.
    private static bool Agrees(Uid said, Uid found) => said.IsNone || found.IsNone || said == found;

    private static bool Agrees(string? said, string? found) => string.IsNullOrWhiteSpace(said) || string.IsNullOrWhiteSpace(found)
        || said.Trim() == found.Trim();

    // Discs are written in capitals and read in any case, with or without the dot of an absent extension.
    private static string Normal(string path) => path.TrimEnd('.').ToUpperInvariant();
}
