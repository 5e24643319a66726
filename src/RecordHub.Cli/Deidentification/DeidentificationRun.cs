using RecordHub.Cli.Import;
using RecordHub.Dicom.Deidentification;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;
using RecordHub.Server.Api;

namespace RecordHub.Cli.Deidentification;

/// <summary>De-identifies files into a new folder: a file-set with names that say nothing and a DICOMDIR.</summary>
internal sealed class DeidentificationRun(DeidentificationOptions options, string target, Action<DeidentifiedLine> show)
{
    private readonly FileSetNames _names = new();
    private readonly DicomDirectoryWriter _directory = new();
    private readonly HashSet<string> _patients = [];

    /// <summary>Files with each outcome so far.</summary>
    public Dictionary<string, int> Summary { get; } = new()
    {
        [DeidentifiedLine.Done] = 0,
        [DeidentifiedLine.Refused] = 0,
        [DeidentifiedLine.Ignored] = 0,
    };

    public int Patients => _patients.Count;

    /// <summary>One file after the other, so that the same input gives the same names.</summary>
    public async Task RunAsync(IReadOnlyList<string> paths, bool recursive, CancellationToken cancellationToken)
    {
        foreach (ImportSource source in ImportWalker.Walk(paths, recursive))
        {
            DeidentifiedLine line = source switch
            {
                ImportSource.Found found => await FileAsync(found.Path, cancellationToken),
                ImportSource.Passed passed => DeidentifiedLine.Without(passed.Path, DeidentifiedLine.Ignored, passed.Reason),
                _ => throw new InvalidOperationException("An unknown step of walking."),
            };
            Summary[line.Outcome]++;
            show(line);
        }

        if (_directory.Count > 0)
        {
            await File.WriteAllBytesAsync(
                Path.Combine(target, "DICOMDIR"), _directory.ToBytes("ANONYMIZED"), cancellationToken);
        }
    }

    private async Task<DeidentifiedLine> FileAsync(string path, CancellationToken cancellationToken)
    {
        FileStream opened;
        try
        {
            opened = ReadableFile.Open(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return DeidentifiedLine.Without(
                path, DeidentifiedLine.Refused, "unreadable-file: " + ReadableFile.ReasonOf(unreadable));
        }

        try
        {
            await using FileStream input = opened;
            DicomHeader header = await DicomFile.ReadHeaderAsync(input, cancellationToken, Deidentifier.ReadOptions);
            return Deidentifier.Apply(header, options) switch
            {
                DeidentificationOutcome.Refused { Reason: DeidentificationRefusal.MediaDirectory } directory =>
                    DeidentifiedLine.Without(
                        path, DeidentifiedLine.Ignored, DeidentificationWords.Explain(directory.Reason)),
                DeidentificationOutcome.Refused refused => DeidentifiedLine.Without(
                    path, DeidentifiedLine.Refused, DeidentificationWords.Explain(refused.Reason)),
                DeidentificationOutcome.Done done when IsAnother(done.Patient) => DeidentifiedLine.Without(
                    path, DeidentifiedLine.Refused,
                    "another-patient: --patient-id and --patient-name are for the files of one patient"),
                DeidentificationOutcome.Done done => await WriteAsync(path, header, done, input, cancellationToken),
                _ => throw new InvalidOperationException("An unknown outcome of de-identification."),
            };
        }
        catch (InvalidDataException)
        {
            return DeidentifiedLine.Without(
                path, DeidentifiedLine.Refused, DeidentificationWords.Explain(DeidentificationRefusal.PixelsDamaged));
        }
        catch (DicomFormatException notDicom)
        {
            return DeidentifiedLine.Without(path, DeidentifiedLine.Ignored, "not-dicom: " + notDicom.Message);
        }
    }

    private bool IsAnother(string patient) =>
        (options.PatientId ?? options.PatientName) is not null && _patients.Count > 0 && !_patients.Contains(patient);

    private async Task<DeidentifiedLine> WriteAsync(
        string path, DicomHeader header, DeidentificationOutcome.Done done, FileStream input,
        CancellationToken cancellationToken)
    {
        string[] id = _names.Next(done.DataSet);
        string file = Path.Combine([target, .. id]);
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? target);

        // Renamed when whole, so that a run that was broken off leaves no half file that looks like one.
        string partial = file + ".part";
        try
        {
            await using FileStream output = new(partial, FileMode.Create, FileAccess.Write);
            await DicomFileRewriter.WriteAsync(header, done.DataSet, input, output, cancellationToken, done.Pixels);
        }
        catch (InvalidDataException)
        {
            File.Delete(partial);
            throw;
        }

        File.Move(partial, file, overwrite: true);
        _directory.Add(id, done.DataSet, DicomFileRewriter.SyntaxOf(header, done.Pixels).Uid);
        _patients.Add(done.Patient);
        return new DeidentifiedLine(
            path, DeidentifiedLine.Done, string.Empty, string.Join('/', id), done.Counts,
            [.. done.Warnings.Select(ViewsOfCore.Words)]);
    }
}
