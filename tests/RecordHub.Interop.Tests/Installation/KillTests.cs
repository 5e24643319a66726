using System.Text.Json;
using NUnit.Framework;
using RecordHub.Samples;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>What was acknowledged is there after a power cut, once.</summary>
[CancelAfter(600_000)]
public sealed class KillTests
{
    private const int Cases = 10;
    private string _folder = string.Empty;

    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("RECORDHUB_KILLS"), out int kills) ? kills : 10;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kill-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_acknowledged_instance_is_there_exactly_once_after_kill_nine(CancellationToken token)
    {
        string data = Path.Combine(_folder, "data");
        string records = Path.Combine(_folder, "records");
        HashSet<string> acknowledged = new(StringComparer.Ordinal);
        await using (RecordHubProcess first = await RecordHubProcess.StartAsync(data, token))
        {
            for (int seed = 1; seed <= Cases; seed++)
            {
                SampleCase sample = SampleCase.Generate(seed);
                sample.WriteTo(Path.Combine(records, $"{seed}"));

                // Somebody else's image is held, and what is held is in no search.
                Directory.Delete(Path.Combine(records, $"{seed}", "disc", "DICOM", "OTHER"), recursive: true);
                await OpenCaseAsync(first, sample, token);
            }
        }

        Random random = new(20260101);
        for (int kill = 0; kill < Kills; kill++)
        {
            await using RecordHubProcess hub = await RecordHubProcess.StartAsync(data, token);
            await PushAsync(hub, records, random.Next(5, 600), acknowledged, token);
            await hub.KillAsync();
        }

        // What the kills cut off comes again, as a sender does it that was not answered.
        await using RecordHubProcess last = await RecordHubProcess.StartAsync(data, token);
        await PushAsync(last, records, int.MaxValue, acknowledged, token);
        await ProcessWaits.UntilIdleAsync(last, token);
        IReadOnlyList<string> present = await InstancesAsync(last, token);

        Assert.That(acknowledged, Has.Count.GreaterThanOrEqualTo(600));
        Assert.That(acknowledged.Except(present), Is.Empty);
        Assert.That(present, Is.Unique);
    }

    private static async Task PushAsync(
        RecordHubProcess hub, string records, int killAfter, HashSet<string> acknowledged, CancellationToken token)
    {
        int answered = 0;
        await RecordHubProcess.StreamCommandAsync(
            line =>
            {
                JsonElement answer = JsonDocument.Parse(line).RootElement;
                if (answer.GetProperty("sent").GetBoolean())
                {
                    acknowledged.Add(answer.GetProperty("sopInstanceUid").GetString()!);
                    return ++answered == killAfter ? hub.KillAsync() : Task.CompletedTask;
                }

                return Task.CompletedTask;
            },
            token, "dicom", "send", hub.Dicom.ToString(), records, "--recursive", "--json");
    }

    private static async Task OpenCaseAsync(RecordHubProcess hub, SampleCase sample, CancellationToken token)
    {
        List<string> arguments =
        [
            "case", "create", "--server", $"http://{hub.Http}", "--token", hub.Token, "--specialty", "oncology",
            "--family", sample.Patient.Family, "--given", sample.Patient.Given, "--birth-date", sample.Patient.BirthDateIso,
            "--question", "?",
        ];
        foreach ((SampleHospital hospital, string number) in sample.Patient.RecordNumbers)
        {
            arguments.AddRange("--identifier", $"{hospital.Issuer}|{number}");
        }

        (int exitCode, _, string error) = await RecordHubProcess.CommandAsync(token, [.. arguments]);
        Assert.That(exitCode, Is.Zero, error);
    }

    private static async Task<IReadOnlyList<string>> InstancesAsync(RecordHubProcess hub, CancellationToken token)
    {
        List<string> uids = [];
        while (true)
        {
            using HttpResponseMessage answer = await hub.Client.GetAsync(
                $"dicomweb/instances?limit=500&offset={uids.Count}", token);
            string text = await answer.Content.ReadAsStringAsync(token);
            JsonElement[] page = text.Length == 0 ? [] : [.. JsonDocument.Parse(text).RootElement.EnumerateArray()];
            uids.AddRange(page.Select(instance => instance.GetProperty("00080018").GetProperty("Value")[0].GetString()!));
            if (page.Length < 500)
            {
                return uids;
            }
        }
    }
}
