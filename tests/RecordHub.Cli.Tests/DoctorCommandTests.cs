using System.Text.Json.Nodes;
using NUnit.Framework;

namespace RecordHub.Cli.Tests;

/// <summary><c>doctor</c> looks, says what is wrong with a database or that there is none, and makes nothing.</summary>
public sealed class DoctorCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-doctor-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Where_no_store_is_none_is_made([Values] bool folderExists)
    {
        string data = folderExists ? _folder : Path.Combine(_folder, "nowhere");

        (int exitCode, IReadOnlyDictionary<string, string> checks) = await LookAsync(data);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(checks["store"], Does.StartWith("!! ").And.Contain("no store here").And.Contain("--data"));
        Assert.That(checks["data folder"], Does.StartWith(folderExists ? "ok " : "!! "));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task A_file_in_place_of_the_folder_is_said()
    {
        string data = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(data, "x");

        (int exitCode, IReadOnlyDictionary<string, string> checks) = await LookAsync(data);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(checks["data folder"], Does.StartWith("!! ").And.Contain("is a file"));
        Assert.That(await File.ReadAllTextAsync(data), Is.EqualTo("x"));
    }

    [Test]
    public async Task Pages_that_nobody_reads_at_the_start_are_found_damaged([Values] bool full)
    {
        Assert.That((await CommandRun.RunAsync("token", "create", "--name", "first", "--role", "administrator", "--data", _folder)).ExitCode, Is.Zero);
        (int sound, IReadOnlyDictionary<string, string> whole) = await LookAsync(_folder, full);

        await using (FileStream file = new(Path.Combine(_folder, "recordhub.db"), FileMode.Open, FileAccess.Write))
        {
            file.Position = file.Length - 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xFF, 4096).ToArray());
        }

        (int exitCode, IReadOnlyDictionary<string, string> checks) = await LookAsync(_folder, full);

        Assert.That(sound, Is.Zero);
        Assert.That(whole["database"], Does.StartWith("ok ").And.Contain("sound"));
        Assert.That(exitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(checks["database"], Does.StartWith("!! ").And.Contain("damaged").And.Contain("recordhub restore"));
        Assert.That(checks.Keys, Does.Not.Contain("pipeline"), "what a damaged database says is not told on");
    }

    [Test]
    public async Task A_file_of_another_program_is_said_and_not_made_ours()
    {
        string database = Path.Combine(_folder, "recordhub.db");
        await File.WriteAllTextAsync(database, new string('x', 10_000));

        (int exitCode, IReadOnlyDictionary<string, string> checks) = await LookAsync(_folder);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(checks["database"], Does.StartWith("!! "));
        Assert.That(await File.ReadAllTextAsync(database), Is.EqualTo(new string('x', 10_000)));
    }

    [Test]
    public async Task A_database_that_cannot_be_opened_is_not_called_damaged()
    {
        Assert.That((await CommandRun.RunAsync("token", "create", "--name", "first", "--role", "administrator", "--data", _folder)).ExitCode, Is.Zero);
        Directory.CreateDirectory(Path.Combine(_folder, "recordhub.db-wal"));

        (int exitCode, IReadOnlyDictionary<string, string> checks) = await LookAsync(_folder);

        Assert.That(exitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(checks["database"], Does.StartWith("!! ").And.Contain("cannot be opened").And.Contain("account")
            .And.Not.Contain("damaged").And.Not.Contain("restore"));
    }

    private static async Task<(int ExitCode, IReadOnlyDictionary<string, string> Checks)> LookAsync(string data, bool full = false)
    {
        string[] arguments = ["doctor", "--json", "--data", data];
        CommandRun run = await CommandRun.RunAsync([.. arguments, .. full ? ["--full"] : (string[])[]]);
        return (run.ExitCode, JsonNode.Parse(run.Output)!.AsArray().ToDictionary(
            check => check!["check"]!.GetValue<string>(),
            check => $"{(check!["ok"]!.GetValue<bool>() ? "ok" : "!!")} {check["detail"]} {check["advice"]}"));
    }
}
