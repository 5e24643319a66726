using System.Text.Json;
using NUnit.Framework;
using RecordHub.Samples;

namespace RecordHub.Interop.Tests.Installation;

/// <summary>Sends the records of several cases by C-STORE, and keeps what was acknowledged.</summary>
internal static class Deliveries
{
    /// <summary>Writes the records of cases below a folder, and opens the cases.</summary>
    public static async Task PrepareAsync(RecordHubProcess hub, string records, int cases, CancellationToken token)
    {
        for (int seed = 1; seed <= cases; seed++)
        {
            SampleCase sample = SampleCase.Generate(seed);
            sample.WriteTo(Path.Combine(records, $"{seed}"));

            // Somebody else's image is held, and what is held is in no search.
            Directory.Delete(Path.Combine(records, $"{seed}", "disc", "DICOM", "OTHER"), recursive: true);
            await OpenCaseAsync(hub, sample, token);
        }
    }

    /// <summary>Sends everything.</summary>
    public static Task PushAsync(
        RecordHubProcess hub, string records, HashSet<string> acknowledged, CancellationToken token) =>
        PushAsync(hub, records, int.MaxValue, static () => Task.CompletedTask, acknowledged, token);

    /// <summary>Sends everything, and does something once so many were acknowledged.</summary>
    public static async Task PushAsync(
        RecordHubProcess hub, string records, int after, Func<Task> act, HashSet<string> acknowledged,
        CancellationToken token)
    {
        int answered = 0;
        await RecordHubProcess.StreamCommandAsync(
            line =>
            {
                JsonElement answer = JsonDocument.Parse(line).RootElement;
                if (answer.GetProperty("sent").GetBoolean())
                {
                    acknowledged.Add(answer.GetProperty("sopInstanceUid").GetString()!);
                    return ++answered == after ? act() : Task.CompletedTask;
                }

                return Task.CompletedTask;
            },
            token, "dicom", "send", hub.Dicom.ToString(), records, "--recursive", "--json");
    }

    /// <summary>The SOP Instance UIDs that a search over everything finds.</summary>
    public static async Task<IReadOnlyList<string>> InstancesAsync(RecordHubProcess hub, CancellationToken token)
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
}
