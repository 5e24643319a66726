using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Core.Access;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests;

/// <summary>The door does not matter: the same record gets the same decision for the same reason, by the same evidence.</summary>
[CancelAfter(180_000)]
public sealed class SameDecisionTests
{
    private static readonly (string Given, string BirthDate, string Sex)[] s_people =
        [("Synthia", "19610409", "F"), ("Exempla", "19610409", "F"), ("Synthia", "19610904", "F"), ("Synthia", "19610409", "M")];

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-doors-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task An_image_is_decided_alike_at_every_door()
    {
        string files = Files("images", ".dcm", Image);

        IReadOnlyList<string> imported = await ThroughAsync("import", (_, _) => ImportAsync(files, "import"));
        IReadOnlyList<string> uploaded = await ThroughAsync("upload", (host, token) => SendAsync($"import {files} --server http://{host.Http} --token {token}"));
        IReadOnlyList<string> stored = await ThroughAsync("store", (host, _) => SendAsync($"dicom send {host.Dicom} {files} --recursive"));
        IReadOnlyList<string> stow = await ThroughAsync("stow", (host, token) => StowAsync(host, token, files));

        Assert.That(imported.Count(line => line.StartsWith("Filed certain-match", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(uploaded, Is.EqualTo(imported));
        Assert.That(stored, Is.EqualTo(imported));
        Assert.That(stow, Is.EqualTo(imported));
    }

    [Test]
    public async Task A_bundle_is_decided_alike_at_every_door()
    {
        string files = Files("bundles", ".json", Bundle);

        IReadOnlyList<string> imported = await ThroughAsync("import", (_, _) => ImportAsync(files, "import"));
        IReadOnlyList<string> uploaded = await ThroughAsync("upload", (host, token) => SendAsync($"import {files} --server http://{host.Http} --token {token}"));
        IReadOnlyList<string> posted = await ThroughAsync("post", (host, token) => PostAsync(host, token, files));

        Assert.That(imported.Count(line => line.StartsWith("Filed certain-match", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(uploaded, Is.EqualTo(imported));
        Assert.That(posted, Is.EqualTo(imported));
    }

    private async Task<IReadOnlyList<string>> ThroughAsync(string name, Func<RecordHubHost, string, Task> send)
    {
        await SendAsync(
            "case create --specialty oncology --family Musterfall --given Synthia --birth-date 1961-04-09 --sex female --question Surgery? "
            + $"--data {Path.Combine(_folder, name)}");
        RecordHubOptions options = new()
        {
            Data = Path.Combine(_folder, name),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            AcceptUnknownCallers = true,
        };
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, CancellationToken.None, EmbeddedHub.NoLog);
        await send(host, (await File.ReadAllTextAsync(Path.Combine(options.Data, "admin.token"))).Trim());
        IItemStore items = host.Services.GetRequiredService<IItemStore>();
        List<HeldRecord> records = [];
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(120));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (records.Count < s_people.Length && await timer.WaitForNextTickAsync(patience.Token))
        {
            records =
            [
                .. await items.ListRecordsAsync(RecordState.Filed, AccessScope.All, null, 100, CancellationToken.None),
                .. await items.ListRecordsAsync(RecordState.Held, AccessScope.All, null, 100, CancellationToken.None),
            ];
        }

        await host.StopAsync(CancellationToken.None);
        return [.. records.Select(record => $"{record.State} {record.Reason} {record.Case} {record.Title}: {record.Explanation} "
            + string.Join("; ", record.Evidence)).Order(StringComparer.Ordinal)];
    }

    private Task ImportAsync(string files, string name) => SendAsync($"import {files} --data {Path.Combine(_folder, name)}");

    private static async Task SendAsync(string command)
    {
        CommandRun run = await CommandRun.RunAsync(CommandText.Split(command));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done).Or.EqualTo(ExitCodes.Attention), run.ToString());
    }

    private static async Task StowAsync(RecordHubHost host, string token, string files)
    {
        using HttpClient http = Client(host, token);
        using MultipartContent content = new("related", "boundary");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/related; type=\"application/dicom\"; boundary=boundary");
        foreach (string file in Directory.EnumerateFiles(files))
        {
            ByteArrayContent part = new(await File.ReadAllBytesAsync(file));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
            content.Add(part);
        }

        using HttpResponseMessage response = await http.PostAsync("dicomweb/studies", content);
        Assert.That((int)response.StatusCode, Is.InRange(200, 202));
    }

    private static async Task PostAsync(RecordHubHost host, string token, string files)
    {
        using HttpClient http = Client(host, token);
        foreach (string file in Directory.EnumerateFiles(files))
        {
            using StringContent body = new(await File.ReadAllTextAsync(file), new MediaTypeHeaderValue("application/fhir+json"));
            using HttpResponseMessage response = await http.PostAsync("fhir", body);
            Assert.That((int)response.StatusCode, Is.InRange(200, 202));
        }
    }

    private static HttpClient Client(RecordHubHost host, string token)
    {
        HttpClient http = new() { BaseAddress = new Uri($"http://{host.Http}/") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private string Files(string name, string extension, Func<int, byte[]> make)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        for (int i = 0; i < s_people.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{i}{extension}"), make(i));
        }

        return folder;
    }

    // Each with a number of another issuer: what one teaches says nothing of the others.
    private static byte[] Image(int i) => DicomFileWriter.ToBytes(new DicomDataSet()
        .Add(DicomTags.SOPClassUID, Uid.Parse("1.2.840.10008.5.1.4.1.1.2"))
        .Add(DicomTags.SOPInstanceUID, Uid.Parse($"2.25.5{i}"))
        .Add(DicomTags.Modality, "CT")
        .Add(DicomTags.PatientName, $"Musterfall^{s_people[i].Given}")
        .Add(DicomTags.PatientID, $"N{i}")
        .Add(DicomTags.IssuerOfPatientID, $"urn:site{i}")
        .Add(DicomTags.PatientBirthDate, s_people[i].BirthDate)
        .Add(DicomTags.PatientSex, s_people[i].Sex)
        .Add(DicomTags.StudyInstanceUID, Uid.Parse($"2.25.6{i}"))
        .Add(DicomTags.SeriesInstanceUID, Uid.Parse($"2.25.7{i}")));

    private static byte[] Bundle(int i)
    {
        string date = $"{s_people[i].BirthDate[..4]}-{s_people[i].BirthDate[4..6]}-{s_people[i].BirthDate[6..]}";
        return System.Text.Encoding.UTF8.GetBytes(
            $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"urn:uuid:00000000-0000-4000-8000-00000000000{{i}}","request":{"method":"POST","url":"Patient"},
              "resource":{"resourceType":"Patient","identifier":[{"system":"urn:site{{i}}","value":"N{{i}}"}],
              "name":[{"family":"Musterfall","given":["{{s_people[i].Given}}"]}],"birthDate":"{{date}}",
              "gender":"{{(s_people[i].Sex == "F" ? "female" : "male")}}"} },
             {"fullUrl":"urn:uuid:00000000-0000-4000-8000-00000000001{{i}}","request":{"method":"POST","url":"Observation"},
              "resource":{"resourceType":"Observation","status":"final","code":{"text":"Haemoglobin"},"valueString":"13",
              "subject":{"reference":"urn:uuid:00000000-0000-4000-8000-00000000000{{i}}"} } }]}
            """);
    }
}
