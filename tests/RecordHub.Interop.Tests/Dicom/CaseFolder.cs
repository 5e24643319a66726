using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;
using RecordHub.Cli;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Interop.Tests.Dicom;

/// <summary>A data folder with the case of a synthetic patient, images of them, and commands that work on it.</summary>
internal sealed class CaseFolder : IDisposable
{
    public const string Issuer = "urn:oid:2.25.1001";
    public const string PatientId = "SYN-4711";
    private readonly string _folder = Directory.CreateTempSubdirectory("recordhub-case-").FullName;

    /// <summary>The data folder.</summary>
    public string Data => Path.Combine(_folder, "data");

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Opens a case; its number.</summary>
    public async Task<string> CreateCaseAsync(params string[] options)
    {
        (int exitCode, string output, string error) = await RunAsync(
            ["case", "create", "--specialty", "oncology", "--family", "Musterfall", "--given", "Synthia", "--birth-date",
                "1961-02-03", "--identifier", $"{Issuer}|{PatientId}", "--question", "Surgery?", "--json", .. options]);
        Assert.That(exitCode, Is.Zero, error);
        return JsonNode.Parse(output)!["case"]!.ToJsonString();
    }

    /// <summary>Files images to a case.</summary>
    public async Task FileAsync(string number, params IReadOnlyList<byte[]> images)
    {
        string folder = Directory.CreateDirectory(PathOf(Path.GetRandomFileName())).FullName;
        for (int i = 0; i < images.Count; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.dcm"), images[i]);
        }

        (int exitCode, string output, string error) = await RunAsync(["import", folder, "--case", number]);
        Assert.That(exitCode, Is.Zero, output + error);
    }

    /// <summary>Runs a command on the folder.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        await RunAsync(
            arguments, new StringWriter(CultureInfo.InvariantCulture), TestContext.CurrentContext.CancellationToken);

    /// <summary>Runs a command, and cancels it at the first message that holds the word.</summary>
    public async Task<(int ExitCode, string Output, string Error)> RunAndCancelAsync(string word, params string[] arguments)
    {
        using CancellationTokenSource cancel =
            CancellationTokenSource.CreateLinkedTokenSource(TestContext.CurrentContext.CancellationToken);
        return await RunAsync(arguments, new CancellingWriter(word, cancel), cancel.Token);
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, StringWriter error, CancellationToken token)
    {
        StringWriter output = new(CultureInfo.InvariantCulture);
        int exitCode = await CommandLine.RunAsync([.. arguments, "--data", Data], output, error, token);
        return (exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The member of the last line of a command's JSON.</summary>
    public static JsonNode Summary(string output) =>
        JsonNode.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!["summary"]!;

    /// <summary>An image of the patient, with a preamble that could be something else.</summary>
    public static byte[] Image(
        string study, int number, int size = 64, string date = "20260401", string? name = null, string birthDate = "19610203",
        string? accession = null)
    {
        byte[] pixels = new byte[size * size];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)((long)i * number % 251);
        }

        byte[] file = DicomFileWriter.ToBytes(new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
            .Add(DicomTags.SOPInstanceUID, $"{study}.1.{number}")
            .Add(DicomTags.StudyInstanceUID, study)
            .Add(DicomTags.SeriesInstanceUID, $"{study}.1")
            .Add(DicomTags.StudyDate, date)
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.PatientID, PatientId)
            .Add(DicomTags.PatientName, name ?? "MUSTERFALL^SYNTHIA^MARIA")
            .Add(DicomTags.PatientBirthDate, birthDate)
            .Add(DicomTags.AccessionNumber, accession ?? string.Empty)
            .Add(DicomTags.InstanceNumber, number)
            .Add(DicomTags.SamplesPerPixel, 1)
            .Add(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTags.Rows, size)
            .Add(DicomTags.Columns, size)
            .Add(DicomTags.BitsAllocated, 8)
            .Add(DicomTags.BitsStored, 8)
            .Add(DicomTags.HighBit, 7)
            .Add(DicomTags.PixelRepresentation, 0)
            .Add(DicomTags.PixelData, DicomVr.OW, pixels));
        "MZ"u8.CopyTo(file);
        return file;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
