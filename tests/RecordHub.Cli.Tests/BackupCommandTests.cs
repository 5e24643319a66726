using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace RecordHub.Cli.Tests;

/// <summary><c>backup</c> of what is no store of ours, and beside what an interrupted one left.</summary>
public sealed class BackupCommandTests
{
    private const string Left = "20260102T030405Z";
    private string _folder = null!;

    private string Data => Path.Combine(_folder, "data");

    private string Backups => Path.Combine(_folder, "backups");

    [SetUp]
    public async Task MakeStoreAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-backup-").FullName;
        Assert.That((await CommandRun.RunAsync("token", "create", "--name", "first", "--role", "administrator", "--data", Data)).ExitCode, Is.Zero);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_database_of_a_newer_version_is_refused_and_nothing_is_written()
    {
        await using (SqliteConnection connection = new($"Data Source={Path.Combine(Data, "recordhub.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            await using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            await command.ExecuteNonQueryAsync();
        }

        await RefusedAsync(Data, "newer version", "with that version");
    }

    [Test]
    public async Task Where_no_store_is_nothing_is_written_and_nothing_is_made()
    {
        string nowhere = Path.Combine(_folder, "nowhere");
        await RefusedAsync(nowhere, "no store here", "--data");
        Assert.That(Directory.Exists(nowhere), Is.False);
    }

    [Test]
    public async Task A_file_of_another_program_is_refused_with_a_sentence()
    {
        await File.WriteAllTextAsync(Path.Combine(Data, "recordhub.db"), new string('x', 8192));
        await RefusedAsync(Data, "damaged", "earlier backups");
    }

    [Test]
    public async Task What_an_interrupted_restore_left_says_whose_it_is_and_what_to_do_and_is_gone_on_with()
    {
        string backup = await BackUpAsync(Data, Backups, "A letter.");
        string other = await BackUpAsync(Path.Combine(_folder, "other"), Path.Combine(_folder, "others"), "Another letter.");
        string restored = Path.Combine(_folder, "restored");
        string[] blobs = [.. File.ReadLines(Path.Combine(backup, "blobs.ndjson"))
            .Select(line => JsonNode.Parse(line)!["blob"]!.GetValue<string>())];
        string last = Path.Combine(Backups, "blobs", blobs[^1][..2], blobs[^1][2..4], blobs[^1]);
        File.Move(last, last + ".away");

        CommandRun broken = await CommandRun.RunAsync("restore", "--from", Backups, "--data", restored);
        CommandRun list = await CommandRun.RunAsync("case", "list", "--data", restored);
        CommandRun doctor = await CommandRun.RunAsync("doctor", "--data", restored, "--json");
        CommandRun mixed = await CommandRun.RunAsync("restore", "--from", other, "--data", restored);
        File.Move(last + ".away", last);
        CommandRun again = await CommandRun.RunAsync("restore", "--from", Backups, "--data", restored);
        CommandRun whole = await CommandRun.RunAsync("doctor", "--data", restored, "--json");

        Assert.That(blobs, Has.Length.GreaterThan(1));
        Assert.That(broken.ExitCode, Is.EqualTo(ExitCodes.Failed), broken.ToString());
        Assert.That(list.Error, Does.Contain("There are blobs here").And.Contain("'recordhub restore' again"));
        Assert.That(doctor.Output, Does.Contain("There are blobs here").And.Contain("'recordhub restore' again"));
        Assert.That(mixed.Error, Does.Contain("blobs of another store"));
        Assert.That(again.ExitCode, Is.Zero, again.ToString());
        Assert.That(whole.ExitCode, Is.Zero, whole.ToString());
    }

    [Test]
    public async Task What_an_interrupted_one_left_is_said_and_removed_by_the_next_and_nothing_else_is()
    {
        string left = Make(Left, "recordhub.db", "blobs.ndjson");
        string incoming = Make(Path.Combine("blobs", "incoming"), "0123");
        string whole = Make("20260102T030406Z", "recordhub.db", "manifest.json");
        string theirs = Make("20260102T030407Z", "recordhub.db", "notes.txt");
        string named = Make("before the move", "recordhub.db");
        string manifest = Path.Combine(whole, "manifest.json");
        CommandRun first = await CommandRun.RunAsync("backup", "--out", Path.Combine(_folder, "other"), "--data", Data, "--json");
        File.Copy(
            Path.Combine(JsonNode.Parse(first.Output)!["snapshot"]!.GetValue<string>(), "manifest.json"), manifest, overwrite: true);

        JsonNode before = await LookAsync();
        CommandRun run = await CommandRun.RunAsync("backup", "--out", Backups, "--data", Data);
        JsonNode after = await LookAsync();

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(before["ok"]!.GetValue<bool>(), Is.False);
        Assert.That(before["detail"]!.GetValue<string>(), Does.StartWith("1 unfinished"));
        Assert.That(after["ok"]!.GetValue<bool>(), Is.True);
        Assert.That(Directory.Exists(left), Is.False);
        Assert.That(Directory.EnumerateFiles(incoming), Is.Empty);
        Assert.That(new[] { whole, theirs, named }.Select(Directory.Exists), Is.All.True);
    }

    [Test]
    public async Task One_that_runs_is_not_disturbed_by_another()
    {
        string left = Make(Left, "recordhub.db");
        await using FileStream running = new(
            Path.Combine(Backups, "backup.lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        CommandRun run = await CommandRun.RunAsync("backup", "--out", Backups, "--data", Data);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("Another backup"));
        Assert.That(Directory.Exists(left), Is.True);
        Assert.That((await LookAsync())["detail"]!.GetValue<string>(), Does.StartWith("One is being made"));
    }

    [Test]
    public async Task One_that_fails_leaves_no_folder_behind()
    {
        string patient = Path.Combine(_folder, "patient.json");
        await File.WriteAllTextAsync(patient, """{"resourceType":"Patient","name":[{"family":"Musterfall"}]}""");
        await CommandRun.RunAsync("import", patient, "--data", Data);
        string[] volumes = [.. Directory.EnumerateFiles(Path.Combine(Data, "blobs", "volumes"))];
        Assert.That(volumes, Is.Not.Empty, "the record was kept");
        Array.ForEach(volumes, File.Delete);

        CommandRun run = await CommandRun.RunAsync("backup", "--out", Backups, "--data", Data);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain("is missing in the blob store"));
        Assert.That(Directory.EnumerateDirectories(Backups, "2*"), Is.Empty);
    }

    private async Task RefusedAsync(string data, string said, string advice)
    {
        CommandRun run = await CommandRun.RunAsync("backup", "--out", Backups, "--data", data);

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed), run.ToString());
        Assert.That(run.Error, Does.Contain(said).And.Contain(advice).And.Not.Contain("   at "));
        Assert.That(Directory.Exists(Backups), Is.False);
    }

    private async Task<JsonNode> LookAsync()
    {
        CommandRun run = await CommandRun.RunAsync("doctor", "--backups", Backups, "--data", Data, "--json");
        return JsonNode.Parse(run.Output)!.AsArray().Single(check => check!["check"]!.GetValue<string>() == "backups")!;
    }

    private async Task<string> BackUpAsync(string data, string backups, string letter)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "one.txt"), letter);
        await File.WriteAllTextAsync(Path.Combine(folder, "two.txt"), letter + letter);
        CommandRun import = await CommandRun.RunAsync("import", folder, "--data", data);
        Assert.That(import.ExitCode, Is.EqualTo(ExitCodes.Attention), import.ToString());
        CommandRun run = await CommandRun.RunAsync("backup", "--out", backups, "--data", data, "--json");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return JsonNode.Parse(run.Output)!["snapshot"]!.GetValue<string>();
    }

    private string Make(string folder, params string[] files)
    {
        string path = Directory.CreateDirectory(Path.Combine(Backups, folder)).FullName;
        foreach (string file in files)
        {
            File.WriteAllText(Path.Combine(path, file), "x");
        }

        return path;
    }
}
