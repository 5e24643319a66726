using System.Globalization;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Media;

namespace RecordHub.Core.Packages;

/// <summary>
/// The images of an exported package: a DICOM file-set with its DICOMDIR, so that the ZIP can be burnt and opened by any
/// PACS. Each file is as it came but for its preamble, or names the case's patient when that is asked for.
/// </summary>
internal sealed class PackageExportImages(
    IBlobStore blobs, WholeBlobs whole, CasePatient? reconciled, DateTimeOffset publishedAt)
{
    internal const string DirectoryName = "DICOMDIR";

    private readonly DicomDirectoryWriter _directory = new();

    /// <summary>Names, and how to write them, to be done in turn: the directory, last, names what was written.</summary>
    public IEnumerable<(string Path, Func<Stream, CancellationToken, Task> Write)> Files(
        PackageIndex index, CaseContent content)
    {
        ILookup<string, StoredInstance> bySop = content.Instances.ToLookup(one => one.Facts.SopInstanceUid);
        int study = 0;
        foreach (PackageIndex.Study one in index.Studies)
        {
            study++;
            int number = 0;
            string folder = Invariant($"ST{study:D6}");
            foreach (string sop in one.SopInstanceUids)
            {
                int copies = 0;
                foreach (StoredInstance instance in bySop[sop].Where(held => held.Facts.StudyInstanceUid == one.Uid))
                {
                    number++;
                    copies++;

                    // PS3.10 §8.2: file names of at most eight characters of A-Z, 0-9 and underscore.
                    string[] fileId = ["DICOM", folder, Invariant($"IM{number:D6}")];
                    yield return (string.Join('/', fileId), (target, token) => WriteAsync(fileId, instance, target, token));
                }

                one.Missing += copies == 0 ? 1 : 0;
            }

            one.Folder = "DICOM/" + folder;
        }

        if (_directory.Count > 0)
        {
            byte[] directory = _directory.ToBytes("RECORDHUB");
            yield return (DirectoryName, (target, token) => target.WriteAsync(directory, token).AsTask());
        }
    }

    private async Task WriteAsync(
        string[] fileId, StoredInstance instance, Stream target, CancellationToken cancellationToken)
    {
        await whole.CheckAsync(instance.Blob, cancellationToken);
        await using Stream blob = await blobs.OpenAsync(instance.Blob, 0, cancellationToken);
        if (await ReconciledInstance.ReadAsync(blob, cancellationToken) is not { } header)
        {
            await ServedInstance.WriteAsync(blobs, instance, target, cancellationToken);
            return;
        }

        DicomDataSet? changed = reconciled is null ? null : ReconciledInstance.Apply(header, reconciled, publishedAt);
        _directory.Add(fileId, changed ?? header.DataSet, Uid.Parse(instance.Facts.TransferSyntaxUid));
        if (changed is null)
        {
            await ServedInstance.WriteAsync(blobs, instance, target, cancellationToken);
        }
        else
        {
            await DicomFileRewriter.WriteAsync(header, changed, blob, target, cancellationToken);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
