using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Losses;

/// <summary>A running service with one case of a patient who does not exist, and her images.</summary>
internal sealed class LossHub : IAsyncDisposable
{
    private readonly JsonElement _case;

    private LossHub(RecordHubProcess process, JsonElement opened)
    {
        Process = process;
        _case = opened;
    }

    public RecordHubProcess Process { get; }

    /// <summary>The case's number.</summary>
    public string Case => _case.GetProperty("case").GetRawText();

    /// <summary>The title that names the case.</summary>
    public string AeTitle => _case.GetProperty("aeTitle").GetString()!;

    /// <summary>Starts the service in a data folder and opens the case.</summary>
    public static async Task<LossHub> StartAsync(string data, CancellationToken token)
    {
        RecordHubProcess process = await RecordHubProcess.StartAsync(data, token);
        return new LossHub(process, await OpenCaseAsync(process, "M1", token));
    }

    /// <summary>Starts the service again with the same folder and case.</summary>
    public async Task<LossHub> RestartAsync(CancellationToken token) =>
        new(await RecordHubProcess.StartAsync(Process.Data, token), _case);

    /// <summary>Opens a case for Erika Muster, born 1964-08-12, known at urn:north by <paramref name="id"/>.</summary>
    public static async Task<JsonElement> OpenCaseAsync(RecordHubProcess hub, string id, CancellationToken token)
    {
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "case", "create", "--server", $"http://{hub.Http}", "--token", hub.Token, "--json", "--specialty",
            "oncology", "--family", "Muster", "--given", "Erika", "--birth-date", "1964-08-12", "--identifier",
            $"urn:north|{id}", "--question", "?");
        Assert.That(exitCode, Is.Zero, error);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Opens an association that names the case.</summary>
    public Task<TestSender> SenderAsync(CancellationToken token) =>
        TestSender.OpenAsync(Process.Dicom.Port, token, called: AeTitle);

    /// <summary>Stores CT images 1 to <paramref name="count"/> of a study over one association.</summary>
    public async Task SendAsync(string study, int count, CancellationToken token)
    {
        await using TestSender sender = await SenderAsync(token);
        for (int number = 1; number <= count; number++)
        {
            await StoreAsync(sender, study, number, token);
        }
    }

    /// <summary>Stores one CT image, which must be acknowledged; the data set as it was sent.</summary>
    public static async Task<byte[]> StoreAsync(TestSender sender, string study, int number, CancellationToken token)
    {
        byte[] bytes = TestSender.Bytes(Image(study, number));
        Assert.That((await sender.StoreAsync(InstanceOf(study, number), bytes, token)).Status, Is.Zero);
        return bytes;
    }

    public static Uid InstanceOf(string study, int number) => Uid.Parse($"{study}.1.{number}");

    /// <summary>A CT image of Erika Muster.</summary>
    public static DicomDataSet Image(string study, int number, string patientId = "M1", int pixels = 1000) =>
        new DicomDataSet()
            .Add(DicomTags.SOPClassUID, TestSender.CtImage)
            .Add(DicomTags.SOPInstanceUID, InstanceOf(study, number))
            .Add(DicomTags.StudyDate, "20260102")
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.PatientName, "Muster^Erika")
            .Add(DicomTags.PatientID, patientId)
            .Add(DicomTags.IssuerOfPatientID, "urn:north")
            .Add(DicomTags.PatientBirthDate, "19640812")
            .Add(DicomTags.StudyInstanceUID, Uid.Parse(study))
            .Add(DicomTags.SeriesInstanceUID, Uid.Parse(study + ".1"))
            .Add(DicomTags.SeriesNumber, "1")
            .Add(DicomTags.InstanceNumber, number.ToString(CultureInfo.InvariantCulture))
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[pixels]);

    /// <summary>The instances that a search over everything finds, when nothing is left to do.</summary>
    public async Task<IReadOnlyList<string>> InstancesAsync(CancellationToken token)
    {
        await ProcessWaits.UntilIdleAsync(Process, token);
        return await Deliveries.InstancesAsync(Process, token);
    }

    /// <summary>How many resources a FHIR search finds.</summary>
    public static async Task<int> CountAsync(RecordHubProcess hub, string search, CancellationToken token)
    {
        using JsonDocument bundle = JsonDocument.Parse(await hub.Client.GetStringAsync($"fhir/{search}&_summary=count", token));
        return bundle.RootElement.GetProperty("total").GetInt32();
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
