using System.Collections.Concurrent;
using NUnit.Framework;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Json;
using RecordHub.Dicom.Xml;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Models;

/// <summary>Every real file in the DICOM JSON Model and the Native DICOM Model, element by element as DCMTK writes them.</summary>
[CancelAfter(600_000)]
public sealed class DcmtkModelTests
{
    // What DCMTK says of a file that it does not convert, and why it is none of our differences.
    private static readonly (string Message, string Reason)[] s_unconverted =
    [
        ("not supported for compressed pixel data", "dcm2json has no way to leave compressed pixels out; dcm2xml has"),
        ("Cannot convert Directory Record", "dcm2xml converts no DICOMDIR"),
        ("Cannot open character encoding", "code extensions with a set that the converter below DCMTK lacks"),
        ("Cannot select source character set", "a misspelled character set, which we understand"),
        ("Cannot convert character encoding", "text that is not in the character set, of which we replace what is none"),
        ("premature end of stream", "cut off; we keep what is there"),
        ("Invalid stream", "cut off inside a sequence; we keep what is there"),
        ("Invalid tag", "an item where none belongs; we pass it over"),
        ("Sequence Delimitation Item missing", "cut off inside the pixels; we keep what is there"),
    ];

    [Test]
    public Task Json_is_what_dcm2json_writes(CancellationToken token) => CompareAsync(
        [.. KnownDifference.OfBoth, .. KnownDifference.OfJson],
        ["dcm2json", "-ee", "-fc"], atLeast: 800,
        header => ModelReading.OfJson(DicomJsonWriter.ToUtf8Bytes(header.DataSet)), ModelReading.OfJson, token);

    [Test]
    public Task Xml_is_what_dcm2xml_writes(CancellationToken token) => CompareAsync(
        [.. KnownDifference.OfBoth, .. KnownDifference.OfXml],
        ["dcm2xml", "-nat", "+Eb", "+U8"], atLeast: 900,
        header => ModelReading.OfXml(DicomXmlWriter.ToUtf8Bytes(header.DataSet)), ModelReading.OfXml, token);

    private static async Task CompareAsync(
        KnownDifference[] known, string[] command, int atLeast,
        Func<DicomHeader, SortedDictionary<string, ModelElement>> ours,
        Func<byte[], SortedDictionary<string, ModelElement>> theirs, CancellationToken token)
    {
        string folder = SharedFiles.Folder("dicom");
        string[] files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        ConcurrentBag<string> unexplained = [];
        ConcurrentBag<string> reasons = [];
        int compared = 0;
        await Parallel.ForEachAsync(files, token, async (path, stop) =>
        {
            string file = Path.GetRelativePath(folder, path);
            (int exitCode, string output) = await Peer.RunAsync(command[0], stop, [.. command[1..], "-q", path]);
            if (exitCode != 0)
            {
                (_, string told) = await Peer.RunAsync(command[0], stop, [.. command[1..], path]);
                string? why = s_unconverted.FirstOrDefault(one => told.Contains(one.Message, StringComparison.Ordinal)).Reason;
                (why is null ? unexplained : reasons).Add(why ?? $"{file}: not converted");
                return;
            }

            DicomHeader header = DicomFile.ReadHeader(await File.ReadAllBytesAsync(path, stop), options: DicomReadOptions.WholeFile);
            byte[] document = System.Text.Encoding.UTF8.GetBytes(output);
            foreach (Difference difference in Difference.Between(file, ours(header), theirs(document)))
            {
                string? reason = known.FirstOrDefault(one => one.Explains(difference))?.Reason;
                (reason is null ? unexplained : reasons).Add(reason ?? difference.ToString());
            }

            Interlocked.Increment(ref compared);
        });

        foreach (IGrouping<string, string> reason in reasons.GroupBy(reason => reason).OrderByDescending(reason => reason.Count()))
        {
            await TestContext.Out.WriteLineAsync($"{reason.Count(),6} {reason.Key}");
        }

        Assert.That(unexplained, Is.Empty);
        Assert.That(known.Select(one => one.Reason), Is.SubsetOf(reasons), "a reason that explains nothing is no longer true");
        Assert.That(compared, Is.GreaterThanOrEqualTo(atLeast));
    }
}
