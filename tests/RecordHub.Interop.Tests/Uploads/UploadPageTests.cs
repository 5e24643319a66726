using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;

namespace RecordHub.Interop.Tests.Uploads;

/// <summary>The page of an upload link in a real browser, under its strict policy.</summary>
[CancelAfter(180_000)]
public sealed class UploadPageTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("upload-page-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_folder_is_sent_by_the_pages_script_and_each_file_is_answered_for(CancellationToken token)
    {
        string disc = Directory.CreateDirectory(Path.Combine(_folder, "disc")).FullName;
        await File.WriteAllTextAsync(Path.Combine(disc, "letter.txt"), "A letter of the ward.", token);
        await File.WriteAllTextAsync(Path.Combine(disc, "autorun.inf"), "[autorun]\r\nopen=viewer.exe\r\n", token);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Path.Combine(_folder, "data"), token);
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(
            token, "case", "create", "--specialty", "oncology", "--family", "Musterfall", "--given", "Erika", "--birth-date", "1964-08-12",
            "--question", "Surgery?", "--json", "--server", $"http://{hub.Http}", "--token", hub.Token);
        Assert.That(exitCode, Is.Zero, error);
        string link = JsonDocument.Parse(output).RootElement.GetProperty("uploadLink").GetString()!;
        await using Browser browser = await Browser.StartAsync(Path.Combine(_folder, "profile"), token);

        await browser.OpenAsync(link, token);
        await browser.ChooseAsync("#folder", [disc], token);
        await browser.EvaluateAsync("document.getElementById('send').click()", token);
        string? outcomes = await browser.EvaluateAsync(
            """
            new Promise(done => {
              const look = () => document.querySelectorAll('#outcomes li').length === 2
                ? done(document.getElementById('outcomes').innerText + '|' + document.getElementById('status').textContent)
                : setTimeout(look, 20);
              look();
            })
            """,
            token);

        Assert.That(outcomes, Does.Contain("disc/letter.txt: received").And.Contain("disc/autorun.inf: not a record").And.Contain("1 of 2"));
        Assert.That(await browser.EvaluateAsync("document.body.innerText", token), Does.Not.Contain("Musterfall"));
        Assert.That(hub.Log, Does.Contain("Upload link").And.Not.Contain(link.Split('/')[^1]));
    }
}
