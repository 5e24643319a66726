using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Models;

/// <summary>Text of every character set of DICOM, as Python's codecs and pydicom write it (tests/peers/charsets.py).</summary>
[CancelAfter(120_000)]
public sealed class CharacterSetTests
{
    [Test]
    public async Task Every_character_of_every_set_is_read_as_python_reads_it(CancellationToken token)
    {
        string script = Path.Combine(SharedFiles.Repository, "tests", "peers", "charsets.py");
        (int exitCode, string output) = await Peer.RunAsync("/usr/bin/python3", token, script);
        if (exitCode != 0 && output.Contains("No module named 'pydicom'", StringComparison.Ordinal))
        {
            Assert.Ignore("pydicom is not installed (Debian package python3-pydicom).");
        }

        Assert.That(exitCode, Is.Zero, output);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        List<string> wrong = [];
        foreach (string[] line in lines.Select(line => line.Split('\t')))
        {
            string text = System.Text.Encoding.UTF8.GetString(Convert.FromHexString(line[2]));
            if (Read(line[0], Convert.FromHexString(line[1])) != text)
            {
                wrong.Add($"{line[0]}: {line[1]}");
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(lines, Has.Length.GreaterThan(80_000));
    }

    private static string? Read(string terms, byte[] bytes) => new DicomDataSet()
        .Add(DicomTags.SpecificCharacterSet, terms)
        .Add(DicomTags.PatientName, DicomVr.PN, bytes)
        .GetString(DicomTags.PatientName);
}
