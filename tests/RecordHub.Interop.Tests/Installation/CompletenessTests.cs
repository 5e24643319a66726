using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Interop.Tests.Dicom;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>A study comes by C-STORE without one of its images, and then with it.</summary>
[CancelAfter(300_000)]
public sealed class CompletenessTests
{
    private const int Stated = 10;

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("complete-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_late_image_completes_its_study_and_makes_the_next_version(CancellationToken token)
    {
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Path.Combine(_folder, "data"), token);
        JsonElement made = await JsonAsync(
            hub, token, "case", "create", "--specialty", "oncology", "--family", "Muster", "--given", "Erika",
            "--birth-date", "1964-08-12", "--question", "?");
        string number = made.GetProperty("case").GetRawText();
        string[] files = [.. Enumerable.Range(1, Stated).Select(Image)];

        await SendAsync(hub, made, token, [.. files.Where((_, place) => place != 4)]);
        JsonElement lacking = await JsonAsync(hub, token, "case", "missing", number);
        (_, string shown, _) = await CommandAsync(hub, token, "case", "show", number);
        JsonElement first = await JsonAsync(hub, token, "package", "publish", number, "--force", "--reason", "urgent");
        string firstBundle = await BundleAsync(hub, made, 1, token);

        await SendAsync(hub, made, token, files[4]);
        JsonElement complete = await JsonAsync(hub, token, "case", "missing", number);
        JsonElement second = await JsonAsync(hub, token, "package", "publish", number, "--force", "--reason", "urgent");
        JsonElement again = await JsonAsync(hub, token, "package", "publish", number, "--force", "--reason", "urgent");
        string secondBundle = await BundleAsync(hub, made, 2, token);

        const string Lack = "series 3 has 9 of the 10 instances that its headers state (0020,1209)";
        Assert.That(Outcome(lacking, "partial-study"), Is.EqualTo("partial"));
        Assert.That(lacking.GetProperty("findings").GetRawText(), Does.Contain(Lack));
        Assert.That(State(lacking), Is.EqualTo("arriving").Or.EqualTo("partial"));
        Assert.That(string.Join(' ', shown.Split(' ', '\n', '│').Where(one => one.Length > 0)), Does.Contain("9 of the 10"));
        Assert.That(firstBundle, Does.Contain(Lack).And.Not.Contain("Quiet time"));
        Assert.That(Outcome(complete, "partial-study"), Is.Null);
        Assert.That(State(complete), Is.EqualTo("complete"));
        Assert.That(secondBundle, Does.Contain("<td>complete</td>").And.Not.Contain(Lack));
        Assert.That(
            (first.GetProperty("version").GetInt32(), second.GetProperty("version").GetInt32()), Is.EqualTo((1, 2)));
        Assert.That(
            (again.GetProperty("version").GetInt32(), again.GetProperty("created").GetBoolean()), Is.EqualTo((2, false)));
    }

    private static string State(JsonElement missing) =>
        missing.GetProperty("studies").EnumerateArray().Single().GetProperty("state").GetString()!;

    private static string? Outcome(JsonElement missing, string item) => missing.GetProperty("findings").EnumerateArray()
        .Where(one => one.GetProperty("item").GetString() == item)
        .Select(one => one.GetProperty("outcome").GetString()).SingleOrDefault();

    private string Image(int number)
    {
        DicomDataSet dataSet = new DicomDataSet()
            .Add(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2")
            .Add(DicomTags.SOPInstanceUID, $"2.25.77.1.{number}")
            .Add(DicomTags.StudyDate, "20260102")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, "M1")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.StudyInstanceUID, "2.25.77")
            .Add(DicomTags.SeriesInstanceUID, "2.25.77.1")
            .Add(DicomTags.SeriesNumber, "3")
            .Add(DicomTags.InstanceNumber, $"{number}")
            .Add(DicomTags.NumberOfSeriesRelatedInstances, $"{Stated}")
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[100]);
        string path = Path.Combine(_folder, $"{number}.dcm");
        File.WriteAllBytes(path, DicomFileWriter.ToBytes(dataSet));
        return path;
    }

    private static async Task SendAsync(
        RecordHubProcess hub, JsonElement made, CancellationToken token, params string[] files)
    {
        (int exitCode, string output) = await Peer.RunAsync(
            "storescu", token,
            ["-aec", made.GetProperty("aeTitle").GetString()!, hub.Dicom.Address.ToString(), $"{hub.Dicom.Port}", .. files]);
        Assert.That(exitCode, Is.Zero, output);
        await ProcessWaits.UntilIdleAsync(hub, token);
    }

    private static Task<string> BundleAsync(RecordHubProcess hub, JsonElement made, int version, CancellationToken token) =>
        hub.Client.GetStringAsync(
            $"fhir/ServiceRequest/{made.GetProperty("id").GetString()}/$package?version={version}", token);

    private static async Task<JsonElement> JsonAsync(
        RecordHubProcess hub, CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output, string error) = await CommandAsync(hub, token, [.. arguments, "--json"]);
        Assert.That(exitCode, Is.Zero.Or.EqualTo(3), error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static Task<(int ExitCode, string Output, string Error)> CommandAsync(
        RecordHubProcess hub, CancellationToken token, params string[] arguments) => RecordHubProcess.CommandAsync(
        token, [.. arguments, "--server", $"http://{hub.Http}", "--token", hub.Token]);
}
