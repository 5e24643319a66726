using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Interop.Tests.Dicom;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Privacy;

/// <summary>A day of one service: what is good, held, rejected, unreadable, asked for, not found and broken.</summary>
internal sealed class PrivateDay(RecordHubProcess hub, PrivateRecords records)
{
    private string _case = string.Empty;

    public async Task RunAsync(CancellationToken token)
    {
        _case = (await JsonAsync(
            token, "case", "create", "--specialty", "oncology", "--family", Secrets.Family, "--given", Secrets.Given,
            "--birth-date", Secrets.BirthDateIso, "--identifier", $"urn:north|{Secrets.Number}", "--question", Secrets.Finding))
            .GetProperty("case").GetRawText();
        await StoreAsync(token);
        await RefuseAsync(token);
        await StowAsync(token);
        await PostAsync(token);
        records.WriteImport();
        await CommandAsync(token, "import", records.Import, "--recursive", "--case", _case);
        await ProcessWaits.UntilIdleAsync(hub, token);
        await DecideAsync(token);
        await ReadAsync(token);
        await QueryAsync(token);
        await LoseAsync(token);
        await CommandAsync(token, "package", "publish", _case, "--force", "--reason", $"{Secrets.Family} waits");
        await ProcessWaits.UntilIdleAsync(hub, token);
    }

    private async Task StoreAsync(CancellationToken token)
    {
        string[] door = [hub.Dicom.Address.ToString(), $"{hub.Dicom.Port}"];
        (int sent, string said) = await Peer.RunAsync(
            "storescu", token,
            ["-aet", "NORTH", "-aec", "RECORDHUB", .. door, records.Write(1, 1), records.Write(1, 2),
                records.Write(5, 1, Secrets.Stranger, Secrets.StrangerNumber)]);
        Assert.That(sent, Is.Zero, said);

        // The same again, the same UID with other content, and what is for nobody here.
        await Peer.RunAsync("storescu", token, ["-aet", "NORTH", "-aec", "RECORDHUB", .. door, records.Write(1, 1)]);
        string other = records.Write(1, 1, Secrets.Stranger);
        await Peer.RunAsync("storescu", token, ["-aet", "NORTH", "-aec", "RECORDHUB", .. door, other]);
        await Peer.RunAsync("storescu", token, ["-aet", "NORTH", "-aec", "NOBODY", .. door, records.Write(1, 1)]);
    }

    private async Task RefuseAsync(CancellationToken token)
    {
        byte[] image = TestSender.Bytes(PrivateRecords.DataSet(6, 1));
        byte[] garbage = [.. image[..60], .. Encoding.ASCII.GetBytes($"{Secrets.Family} {Secrets.Number}"), .. image[60..]];
        await using TestSender sender = await TestSender.OpenAsync(hub.Dicom.Port, token);
        foreach (byte[] dataSet in (byte[][])[image, garbage, image[..50], Encoding.ASCII.GetBytes(Secrets.Family)])
        {
            StoreResponse answer = await sender.StoreAsync(Uid.Parse($"{Secrets.Uids}.6.2"), dataSet, token);
            Assert.That(DimseStatus.IsStored(answer.Status), Is.False);
        }

        await sender.Association.ReleaseAsync(token);
    }

    private async Task StowAsync(CancellationToken token)
    {
        byte[] image = PrivateRecords.Image(2, 2);
        foreach (byte[] body in (byte[][])[PrivateRecords.Image(2, 1), image[..500], Encoding.UTF8.GetBytes(Secrets.Family)])
        {
            using MultipartContent parts = new("related", "part");
            ByteArrayContent part = new(body);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
            parts.Add(part);
            parts.Headers.Remove("Content-Type");
            parts.Headers.TryAddWithoutValidation(
                "Content-Type", "multipart/related; type=\"application/dicom\"; boundary=part");
            using HttpResponseMessage answer = await hub.Client.PostAsync("dicomweb/studies", parts, token);
            Assert.That((int)answer.StatusCode, Is.LessThan(500));
        }
    }

    private async Task PostAsync(CancellationToken token)
    {
        foreach (string body in (string[])[PrivateRecords.Bundle, .. PrivateRecords.BrokenBundles])
        {
            using StringContent content = new(body, Encoding.UTF8, "application/fhir+json");
            using HttpResponseMessage answer = await hub.Client.PostAsync($"cases/{_case}/fhir", content, token);
            Assert.That((int)answer.StatusCode, Is.LessThan(500));
        }
    }

    private async Task DecideAsync(CancellationToken token)
    {
        JsonElement[] held = [.. (await JsonAsync(token, "inbox", "list")).EnumerateArray()];
        Assert.That(held, Has.Length.GreaterThan(2));
        await CommandAsync(token, "inbox", "reject", Id(held[0]), "--reason", $"of {Secrets.Stranger}");
        await CommandAsync(token, "inbox", "assign", Id(held[1]), "--case", _case);
        await CommandAsync(token, "inbox", "undo", Id(held[1]));
        await CommandAsync(token, "inbox", "assign", Secrets.Number, "--case", _case);
        await CommandAsync(token, "pipeline", "drop", Secrets.Number, "--reason", Secrets.Family);

        static string Id(JsonElement one) => one.GetProperty("id").GetString()!;
    }

    private async Task ReadAsync(CancellationToken token)
    {
        string study = $"{Secrets.Uids}.1";
        string patients = await TextAsync($"fhir/Patient?family={Secrets.Family}&birthdate={Secrets.BirthDateIso}", token);
        Assert.That(patients, Does.Contain(Secrets.Number), "the records hold what is searched for");
        string[] paths =
        [
            $"dicomweb/studies?PatientName={Secrets.Family}*&AccessionNumber={Secrets.Accession}",
            $"dicomweb/studies/{study}/metadata", $"dicomweb/studies/{study}.999/metadata", $"dicomweb/studies/{study}",
            $"dicomweb/studies?PatientID={Secrets.Number}&{Secrets.Family}=x", $"dicomweb/{Secrets.Family}",
            $"fhir/Patient/{Secrets.Number}", $"fhir/Patient?birthdate={Secrets.Family}", $"fhir/{Secrets.Family}",
            $"fhir/Observation?code:text={Secrets.Finding}&_sort={Secrets.Family}", $"api/cases/{Secrets.Number}",
            $"console/cases/{_case}?q={Secrets.Family}", $"{Secrets.Family}?{Secrets.Number}",
        ];
        foreach (string path in paths)
        {
            await TextAsync(path, token);
        }

        using HttpRequestMessage odd = new(new HttpMethod("GET"), $"fhir/Patient?name={Secrets.Family}");
        odd.Headers.TryAddWithoutValidation("X-Request-Id", $"{Secrets.Number} {Secrets.Family}");
        odd.Headers.TryAddWithoutValidation("traceparent", Secrets.Number);
        odd.Headers.TryAddWithoutValidation("User-Agent", Secrets.Family);
        using HttpResponseMessage answer = await hub.Client.SendAsync(odd, token);
        Assert.That((int)answer.StatusCode, Is.LessThan(500));
    }

    private async Task QueryAsync(CancellationToken token)
    {
        string[] door = ["-aet", "NORTH", "-aec", "RECORDHUB", hub.Dicom.Address.ToString(), $"{hub.Dicom.Port}"];
        string[] keys =
        [
            "-k", "QueryRetrieveLevel=STUDY", "-k", $"PatientName={Secrets.Family}*", "-k", $"PatientID={Secrets.Number}",
            "-k", $"StudyInstanceUID={Secrets.Uids}.1",
        ];
        (int found, string said) = await Peer.RunAsync("findscu", token, ["-S", .. door, .. keys]);
        Assert.That(found, Is.Zero, said);
        await Peer.RunAsync("findscu", token, ["-S", .. door, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyDate={Secrets.Family}"]);
        await Peer.RunAsync("movescu", token, ["-S", "-aem", "ELSEWHERE", .. door, .. keys]);
        await CommandAsync(
            token, "dicom", "commit", hub.Dicom.ToString(), records.Write(1, 1), "--aet", "NORTH");
    }

    // Bytes that are gone are an error that nobody expects.
    private async Task LoseAsync(CancellationToken token)
    {
        using HttpResponseMessage metadata = await hub.Client.GetAsync($"dicomweb/studies/{Secrets.Uids}.1/metadata", token);
        Assert.That(metadata.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        foreach (string blob in Directory.EnumerateFiles(Path.Combine(hub.Data, "blobs"), "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length is > 1000 and < 3000 || Path.GetExtension(file) == ".vol").ToArray())
        {
            File.Move(blob, blob + ".gone");
        }

        try
        {
            using HttpResponseMessage lost = await hub.Client.GetAsync(
                $"dicomweb/studies/{Secrets.Uids}.1", HttpCompletionOption.ResponseContentRead, token);
            Assert.That((int)lost.StatusCode, Is.GreaterThanOrEqualTo(400));
        }
        catch (HttpRequestException)
        {
            // Broken off, as its beginning had been sent.
        }
        finally
        {
            foreach (string gone in Directory.EnumerateFiles(Path.Combine(hub.Data, "blobs"), "*.gone", SearchOption.AllDirectories).ToArray())
            {
                File.Move(gone, gone[..^5]);
            }
        }
    }

    private async Task<string> TextAsync(string path, CancellationToken token)
    {
        using HttpResponseMessage answer = await hub.Client.GetAsync(path, token);
        return await answer.Content.ReadAsStringAsync(token);
    }

    private async Task<JsonElement> JsonAsync(CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output, string error) = await CommandAsync(token, [.. arguments, "--json"]);
        Assert.That(exitCode, Is.Zero.Or.EqualTo(3), error);
        return JsonDocument.Parse(output).RootElement;
    }

    private Task<(int ExitCode, string Output, string Error)> CommandAsync(CancellationToken token, params string[] arguments) =>
        RecordHubProcess.CommandAsync(token, [.. arguments, "--server", $"http://{hub.Http}", "--token", hub.Token]);
}
