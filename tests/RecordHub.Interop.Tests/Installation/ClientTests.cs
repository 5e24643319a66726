using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Samples;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Third-party clients read a case back: fhir-kit-client, dicomweb-client, curl.</summary>
[CancelAfter(300_000)]
public sealed class ClientTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("clients-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Clients_that_know_nothing_of_us_read_the_whole_case(CancellationToken token)
    {
        string clients = Path.Combine(SharedFiles.Repository, "tests", "clients");
        if (!Directory.Exists(Path.Combine(clients, "node_modules")))
        {
            const string missing = "The npm clients are not installed in tests/clients (npm ci).";
            Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), missing);
            Assert.Ignore(missing);
        }

        SampleCase sample = SampleCase.Generate(1);
        sample.WriteTo(Path.Combine(_folder, "records"));
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Path.Combine(_folder, "data"), token);
        JsonElement opened = await OpenCaseAsync(hub, sample, token);
        string number = opened.GetProperty("case").GetRawText();
        string[] remote = ["--server", $"http://{hub.Http}", "--token", hub.Token];
        (int imported, string lines, string error) = await RecordHubProcess.CommandAsync(
            token, ["import", Path.Combine(_folder, "records"), "--recursive", "--case", number, "--json", .. remote]);
        Assert.That(imported, Is.EqualTo(3), error + lines);
        await ProcessWaits.UntilIdleAsync(hub, token);
        (int published, _, string why) = await RecordHubProcess.CommandAsync(
            token, ["package", "publish", number, "--force", "--reason", "slides travel by courier", .. remote]);
        Assert.That(published, Is.Zero, why);

        string request = opened.GetProperty("id").GetString()!;
        (int exitCode, string output) = await Peer.RunAsync(
            "node", token, Path.Combine(clients, "read-back.mjs"), $"http://{hub.Http}", hub.Token, number, request);

        Assert.That(exitCode, Is.Zero, output);
        using JsonDocument seen = JsonDocument.Parse(output.Split('\n').First(line => line.StartsWith('{')));
        Assert.That(seen.RootElement.GetProperty("fhirVersion").GetString(), Is.EqualTo("4.0.1"));
        Assert.That(seen.RootElement.GetProperty("bundle").GetString(), Is.EqualTo("document"));
        Assert.That(seen.RootElement.GetProperty("first").GetString(), Is.EqualTo("Composition"));
        Assert.That(seen.RootElement.GetProperty("observations").GetInt32(), Is.GreaterThanOrEqualTo(3));
        Assert.That(seen.RootElement.GetProperty("studies").GetInt32(), Is.EqualTo(3));
        Assert.That(
            seen.RootElement.GetProperty("instances").GetInt32(),
            Is.EqualTo(seen.RootElement.GetProperty("metadata").GetInt32()).And.GreaterThan(20));
    }

    private static async Task<JsonElement> OpenCaseAsync(RecordHubProcess hub, SampleCase sample, CancellationToken token)
    {
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "case", "create", "--server", $"http://{hub.Http}", "--token", hub.Token, "--json",
            "--specialty", "oncology", "--family", sample.Patient.Family, "--given", sample.Patient.Given,
            "--birth-date", sample.Patient.BirthDateIso, "--question", SampleCase.Question);
        Assert.That(exitCode, Is.Zero, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
