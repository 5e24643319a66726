using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Samples;

namespace RecordHub.Interop.Tests.Operations;

/// <summary>The synthetic case on a running service, and what is looked for when it is purged.</summary>
internal sealed class PurgeCase
{
    private readonly SampleCase _sample = SampleCase.Generate(1);
    private readonly string _records;

    public PurgeCase(string folder)
    {
        _records = Path.Combine(folder, "records-of-the-case");
        _sample.WriteTo(_records);
        SortedSet<string> needles = new(StringComparer.Ordinal)
        {
            _sample.Patient.Family, _sample.Patient.Given, _sample.Patient.BirthDateDigits, _sample.Patient.BirthDateIso,
            "new finding in the left lower lobe", "records-of-the-case",
        };
        needles.UnionWith(_sample.Patient.RecordNumbers.Values);
        foreach (SampleFile file in _sample.Files.Where(file => file.MediaType == "application/dicom"))
        {
            DicomDataSet header = DicomFile.ReadHeader(file.Content).DataSet;
            needles.Add(header.GetUid(DicomTags.SOPInstanceUID).ToString());
            needles.Add(header.GetUid(DicomTags.StudyInstanceUID).ToString());
        }

        Needles = needles;
    }

    public string Family => _sample.Patient.Family;

    /// <summary>Names, dates, numbers and UIDs.</summary>
    public IReadOnlyCollection<string> Needles { get; }

    /// <summary>What of it stands in some bytes; never the bytes themselves.</summary>
    public static IEnumerable<string> Find(IReadOnlyCollection<string> needles, byte[] bytes, string where) => needles
        .Where(needle => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0)
        .Select(needle => where.Length == 0 ? needle : $"{where} holds the needle {needle[..3]}…");

    /// <summary>The files of blobs in a folder with any byte that is not zero: a volume keeps holes where blobs were.</summary>
    public static IEnumerable<string> FilesWithBytes(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(static file => Path.GetFileName(file) != "store.id" && File.ReadAllBytes(file).AsSpan().ContainsAnyExcept((byte)0));

    /// <summary>Opens the next case of the patient, files all of the records to it and publishes.</summary>
    public async Task FileAsync(RecordHubProcess hub, CancellationToken token)
    {
        using JsonDocument opened = JsonDocument.Parse(await Good(hub, token,
            "case", "create", "--specialty", SampleCase.Specialty, "--family", _sample.Patient.Family, "--given",
            _sample.Patient.Given, "--birth-date", _sample.Patient.BirthDateIso, "--sex", _sample.Patient.Gender,
            "--identifier", $"urn:oid:2.25.1001|{_sample.Patient.RecordNumbers[SampleHospital.StMary]}", "--question",
            SampleCase.Question));
        string number = opened.RootElement.GetProperty("case").GetRawText();
        (int imported, string output) = await Run(hub, token, "import", _records, "--recursive", "--case", number);
        Assert.That(imported, Is.EqualTo(3), output);
        await ProcessWaits.UntilIdleAsync(hub, token);
        await Good(hub, token, "package", "publish", number, "--force", "--reason", "as a test");
    }

    public static async Task RejectHeldAsync(RecordHubProcess hub, CancellationToken token)
    {
        while (true)
        {
            // Others of its study go with it.
            using JsonDocument inbox = JsonDocument.Parse(await Good(hub, token, "inbox", "list"));
            if (inbox.RootElement.EnumerateArray().FirstOrDefault() is not { ValueKind: JsonValueKind.Object } held)
            {
                return;
            }

            await Good(hub, token, "inbox", "reject", held.GetProperty("id").GetString()!, "--reason", "not ours");
            await ProcessWaits.UntilIdleAsync(hub, token);
        }
    }

    /// <summary>Where the first case's ServiceRequest is.</summary>
    public static async Task<string> ServiceRequestAsync(RecordHubProcess hub, CancellationToken token)
    {
        using JsonDocument shown = JsonDocument.Parse(await Good(hub, token, "case", "show", "1"));
        return "fhir/ServiceRequest/" + shown.RootElement.GetProperty("id").GetString();
    }

    public static Task<(int ExitCode, string Output)> PurgeAsync(RecordHubProcess hub, CancellationToken token) =>
        Run(hub, token, "purge", "1", "--reason", "the retention period has ended", "--confirm", "1");

    /// <summary>Purges while a legal hold lasts.</summary>
    public static async Task<(int ExitCode, string Output)> PurgeOnHoldAsync(RecordHubProcess hub, CancellationToken token)
    {
        await Good(hub, token, "case", "hold", "1", "--reason", "court order");
        (int, string) purge = await PurgeAsync(hub, token);
        await Good(hub, token, "case", "release", "1", "--reason", "the proceedings have ended");
        return purge;
    }

    /// <summary>Digest of all that a case's package and images are.</summary>
    public static async Task<string> ExportAsync(RecordHubProcess hub, int number, CancellationToken token)
    {
        string text = string.Empty;
        foreach (string path in new[] { $"api/packages/{number}/export", $"cases/{number}/dicomweb/instances?limit=1000" })
        {
            byte[] bytes = await hub.Client.GetByteArrayAsync(path, token);
            if (path.Contains("dicomweb", StringComparison.Ordinal))
            {
                // Where it is retrieved from is another port each time.
                bytes = Encoding.UTF8.GetBytes(
                    Encoding.UTF8.GetString(bytes).Replace($"{hub.Http}", "here", StringComparison.Ordinal));
            }

            text += $"{bytes.Length} {Convert.ToHexString(SHA256.HashData(bytes))}\n";
        }

        return text;
    }

    private static async Task<string> Good(RecordHubProcess hub, CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output) = await Run(hub, token, arguments);
        Assert.That(exitCode, Is.Zero, output);
        return output;
    }

    private static async Task<(int ExitCode, string Output)> Run(
        RecordHubProcess hub, CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, [.. arguments, "--server", $"http://{hub.Http}", "--token", hub.Token, "--json"]);
        return (exitCode, output.Length == 0 ? error : output);
    }
}
