using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace RecordHub.Cli.Tests.Import;

/// <summary>Records that come as something else than a document, and what is in no form that is read.</summary>
[CancelAfter(120_000)]
public sealed class OtherFormsTests
{
    private const string Letter = "Patient: Musterfall, Erika\nDate of birth: 1964-08-12\nMRN: N1\n\nDear colleague\n";

    private string _folder = string.Empty;

    [SetUp]
    public async Task OpenCase()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-forms-").FullName;
        CommandRun run = await RunAsync(
            "case", "create", "--specialty", "oncology", "--family", "Musterfall", "--given", "Erika", "--birth-date", "1964-08-12",
            "--identifier", "urn:north|N1", "--question", "Surgery?");
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Done), run.ToString());
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("report.7z", "377ABCAF271C0004", "unpack it")]
    [TestCase("mail.msg", "D0CF11E0A1B11AE10000", "save it as .eml")]
    [TestCase("table.xls", "D0CF11E0A1B11AE10000", "save it as PDF")]
    [TestCase("photo.heic", "000000186674797068656963", "save it as PDF, JPEG or PNG")]
    public async Task What_is_not_read_is_rejected_with_what_to_do(string name, string bytes, string advice)
    {
        string path = await WriteAsync(name, Convert.FromHexString(bytes));

        CommandRun dry = await RunAsync("import", path, "--dry-run", "--json");
        CommandRun import = await RunAsync("import", path, "--json", "--case", "1");

        foreach (CommandRun run in new[] { dry, import })
        {
            JsonElement line = Lines(run)[path];
            Assert.That(line.GetProperty("outcome").GetString(), Is.EqualTo("rejected"), run.ToString());
            Assert.That(line.GetProperty("reason").GetString(), Does.Contain(advice));
            Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention));
        }
    }

    [TestCase("scan.png", "89504E470D0A1A0A0000000D4948445200000258000003200800000000", "png")]
    [TestCase("scan.jpg", "FFD8FFC00011080384025803012200021101031101", "jpeg")]
    [TestCase("scan.tif", "49492A0008000000", "tiff")]
    public async Task A_scanned_page_waits_for_a_person_or_is_in_the_named_case_and_says_that_nothing_was_read(
        string name, string bytes, string kind)
    {
        string path = await WriteAsync(name, Convert.FromHexString(bytes));
        string named = await WriteAsync("named-" + name, Convert.FromHexString(bytes + "01"));

        CommandRun alone = await RunAsync("import", path, "--json");
        CommandRun forCase = await RunAsync("import", named, "--json", "--case", "1");
        CommandRun shown = await RunAsync("case", "show", "1", "--json");

        JsonElement held = Lines(alone)[path];
        JsonElement filed = Lines(forCase)[named];
        Assert.That(held.GetProperty("outcome").GetString(), Is.EqualTo("held"), alone.ToString());
        Assert.That(
            (filed.GetProperty("outcome").GetString(), filed.GetProperty("kind").GetString()), Is.EqualTo(("filed", kind)), forCase.ToString());
        Assert.That(filed.GetProperty("warnings")[0].GetString(), Is.EqualTo("not-read: no text was read from it"));
        Assert.That(new[] { alone.ExitCode, forCase.ExitCode }, Is.All.EqualTo(ExitCodes.Attention));
        JsonElement counts = JsonDocument.Parse(shown.Output).RootElement.GetProperty("resources");
        Assert.That(counts.GetProperty("DocumentReference").GetInt32(), Is.EqualTo(1), shown.ToString());
    }

    [TestCase("records.tar", false)]
    [TestCase("records.tar.gz", true)]
    [TestCase("records.tgz", true)]
    public async Task A_tar_archive_is_opened_as_a_ZIP_is(string name, bool packed)
    {
        using MemoryStream bytes = new();
        await using (TarWriter writer = new(
            packed ? new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true) : new BufferedStream(bytes), TarEntryFormat.Pax, leaveOpen: false))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "in/brief.txt")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(Letter)),
            });
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "../out.txt") { DataStream = new MemoryStream([65]) });
        }

        string archive = await WriteAsync(name, bytes.ToArray());
        CommandRun run = await RunAsync("import", archive, "--json", "--case", "1");

        Dictionary<string, JsonElement> lines = Lines(run);
        Assert.That(lines[archive + "!/in/brief.txt"].GetProperty("reason").GetString(), Does.StartWith("verified"), run.ToString());
        Assert.That(lines[archive + "!/(a name that is not allowed)"].GetProperty("outcome").GetString(), Is.EqualTo("rejected"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Each_file_of_an_e_mail_is_a_record_of_its_own_and_what_is_not_read_of_it_is_said(bool isInArchive)
    {
        string mail = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe letter is attached.\r\n"
            + Attached("letter.txt", Encoding.UTF8.GetBytes(Letter)) + Attached("a.7z", Convert.FromHexString("377ABCAF271C0004"))
            + Attached("other.txt", Encoding.UTF8.GetBytes(Letter.Replace("Musterfall, Erika", "Andersfall, Otto", StringComparison.Ordinal).Replace("N1", "N9", StringComparison.Ordinal)))
            + "--b--\r\n";
        string path = await WriteAsync("post.eml", Encoding.UTF8.GetBytes(mail));
        string given = path;
        if (isInArchive)
        {
            given = Path.Combine(_folder, "post.zip");
            using ZipArchive zip = await ZipFile.OpenAsync(given, ZipArchiveMode.Create);
            await zip.CreateEntryFromFileAsync(path, "0001");
            path = given + "!/0001";
        }

        CommandRun run = await RunAsync("import", given, "--json", "--case", "1");

        Dictionary<string, JsonElement> lines = Lines(run);
        Assert.That(lines.Keys, Is.EquivalentTo(new[] { path, path + "!/letter.txt", path + "!/a.7z", path + "!/other.txt" }), run.ToString());
        Assert.That(
            new[] { "", "!/letter.txt", "!/a.7z", "!/other.txt" }.Select(name => lines[path + name].GetProperty("outcome").GetString()),
            Is.EqualTo(new[] { "held", "filed", "rejected", "held" }), run.ToString());
        Assert.That(lines[path].GetProperty("reason").GetString(), Does.StartWith("part-disagrees"), "its bytes have the other's letter in them");
        Assert.That(lines[path + "!/letter.txt"].GetProperty("reason").GetString(), Does.StartWith("verified"));
        Assert.That(lines[path].GetProperty("warnings")[0].GetString(), Does.StartWith("not-read: a file of the e-mail"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Attention));
    }

    private static string Attached(string name, byte[] content) =>
        $"--b\r\nContent-Disposition: attachment; filename={name}\r\nContent-Type: application/octet-stream\r\n"
        + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(content)}\r\n";

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    private static Dictionary<string, JsonElement> Lines(CommandRun run) =>
        run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("path", out _))
            .ToDictionary(line => line.GetProperty("path").GetString()!, StringComparer.Ordinal);

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.RunAsync([.. arguments, "--data", Path.Combine(_folder, "data")]);
}
