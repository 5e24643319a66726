using NUnit.Framework;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Models;

/// <summary>What we write, as dicom3tools' dciodvfy sees it: no error that the source did not have.</summary>
[CancelAfter(600_000)]
public sealed class DciodvfyTests
{
    [Test]
    public async Task A_file_written_anew_has_no_error_that_the_original_had_not(CancellationToken token)
    {
        string folder = SharedFiles.Folder("dicom");

        // Of damaged files the original is not read as far as ours, so that fewer errors are seen in it.
        string[] files = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !Path.GetRelativePath(folder, path).StartsWith("bad/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Where((_, i) => i % 8 == 0)];
        string written = Directory.CreateTempSubdirectory("recordhub-dciodvfy-").FullName;
        List<string> more = [];
        int compared = 0;
        try
        {
            await Parallel.ForEachAsync(files, token, async (path, stop) =>
            {
                if (await WriteAsync(path, stop) is { } bytes)
                {
                    string copy = Path.Combine(written, Guid.NewGuid().ToString("N"));
                    await File.WriteAllBytesAsync(copy, bytes, stop);
                    string[] before = await ErrorsAsync(path, stop);
                    string[] added = [.. (await ErrorsAsync(copy, stop)).Except(before)];
                    lock (more)
                    {
                        more.AddRange(added.Select(error => $"{Path.GetRelativePath(folder, path)}: {error}"));
                    }

                    Interlocked.Increment(ref compared);
                }
            });
        }
        finally
        {
            Directory.Delete(written, recursive: true);
        }

        Assert.That(more, Is.Empty);
        Assert.That(compared, Is.GreaterThan(files.Length * 9 / 10));
    }

    private static async Task<byte[]?> WriteAsync(string path, CancellationToken token)
    {
        try
        {
            DicomHeader header = DicomFile.ReadHeader(await File.ReadAllBytesAsync(path, token), options: DicomReadOptions.WholeFile);
            bool isWhole = header.TruncatedAt is null && header.DataSet.Contains(DicomTags.SOPClassUID)
                && header.DataSet.All(element => element.IsLoaded);
            return isWhole ? DicomFileWriter.ToBytes(header.DataSet, header.TransferSyntax) : null;
        }
        catch (DicomFormatException)
        {
            return null;
        }
    }

    private static async Task<string[]> ErrorsAsync(string path, CancellationToken token)
    {
        (_, string output) = await Peer.RunAsync("dciodvfy", token, path);
        return [.. output.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Distinct()];
    }
}
