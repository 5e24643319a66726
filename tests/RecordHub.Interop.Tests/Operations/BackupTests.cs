using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Operations;

/// <summary>A backup that is taken while the service runs makes the same service again, or says by name what is wrong.</summary>
[CancelAfter(300_000)]
[NonParallelizable]
public sealed class BackupTests
{
    private string _folder = string.Empty;
    private PostgresPeer? _postgres;
    private S3Peer? _objects;

    private string Data => Path.Combine(_folder, "data");

    private string Backups => Path.Combine(_folder, "backups");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("backup-").FullName;

    [TearDown]
    public async Task RemoveFolderAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            _postgres = null;
        }

        if (_objects is not null)
        {
            await _objects.DisposeAsync();
            _objects = null;
        }

        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(false, false, false)]
    [TestCase(false, true, false)]
    [TestCase(true, false, true)]
    public async Task What_is_restored_elsewhere_passes_doctor_and_serves_the_same_packages_and_images(
        bool postgres, bool encrypted, bool objects, CancellationToken token)
    {
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await ConfigureAsync(Data, postgres, encrypted ? key : null, objects ? "first" : null);
        PurgeCase sample = new(_folder);
        string before;
        JsonElement first;
        JsonElement second;
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token))
        {
            await sample.FileAsync(hub, token);
            before = await PurgeCase.ExportAsync(hub, 1, token);
            Task more = sample.FileAsync(hub, token);
            first = await GoodAsync(token, "backup", "--out", Backups, "--data", Data);
            await more;
            second = await GoodAsync(token, "backup", "--out", Backups, "--data", Data);
        }

        string restored = Path.Combine(_folder, "restored");
        await ConfigureAsync(restored, postgres, encrypted ? key : null, objects ? "second" : null);
        JsonElement verified = await GoodAsync(token, "backup", "verify", Backups);
        JsonElement result = await GoodAsync(
            token, "restore", "--from", first.GetProperty("snapshot").GetString()!, "--data", restored);
        (int again, string refusal) = await RunAsync(token, "restore", "--from", Backups, "--data", restored);

        Assert.That(first.GetProperty("copied").GetInt64(), Is.GreaterThan(80));
        Assert.That(second.GetProperty("copied").GetInt64(), Is.LessThan(40), "blobs that are there are not copied again");
        Assert.That(verified.GetProperty("blobs").GetInt64(), Is.EqualTo(second.GetProperty("blobs").GetInt64()));
        Assert.That(result.GetProperty("rows").GetInt64(), Is.EqualTo(first.GetProperty("rows").GetInt64()));
        Assert.That(again, Is.EqualTo(1), refusal);
        Assert.That(refusal, Does.Contain("already").And.Contain("empty"));

        JsonElement doctor = await GoodAsync(token, "doctor", "--data", restored);
        JsonElement audit = await GoodAsync(token, "audit", "verify", "--data", restored);
        Assert.That(doctor.EnumerateArray().Where(check => !check.GetProperty("ok").GetBoolean()), Is.Empty);
        Assert.That(audit.GetProperty("ok").GetBoolean(), Is.True);

        // No secret is in a backup: tokens are there by their hashes alone.
        Assert.That(Directory.EnumerateFiles(Backups, "*.token", SearchOption.AllDirectories), Is.Empty);
        File.Copy(Path.Combine(Data, "admin.token"), Path.Combine(restored, "admin.token"));
        await using RecordHubProcess last = await RecordHubProcess.StartAsync(restored, token);
        Assert.That(await PurgeCase.ExportAsync(last, 1, token), Is.EqualTo(before));
        await sample.FileAsync(last, token);
        if (OperatingSystem.IsLinux())
        {
            Assert.That(
                Directory.EnumerateFiles(Backups, "*", SearchOption.AllDirectories).Select(File.GetUnixFileMode),
                Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task What_is_missing_or_changed_is_said_by_name_and_never_restored(CancellationToken token)
    {
        PurgeCase sample = new(_folder);
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "appsettings.json"), """{"Blobs":{"MaxSharedBytes":0}}""", token);
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token))
        {
            await sample.FileAsync(hub, token);
        }

        await GoodAsync(token, "backup", "--out", Backups, "--data", Data);
        string[] blobs = [.. Directory.EnumerateFiles(Path.Combine(Backups, "blobs"), "*", SearchOption.AllDirectories).Order()];
        byte[] bytes = await File.ReadAllBytesAsync(blobs[3], token);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(blobs[3], bytes, token);

        (int changed, string verification) = await RunAsync(token, "backup", "verify", Backups);
        string restored = Path.Combine(_folder, "restored");
        (int refused, string refusal) = await RunAsync(token, "restore", "--from", Backups, "--data", restored);
        string lost = Path.GetFileName(blobs[5]);
        File.Delete(Path.Combine(Data, "blobs", lost[..2], lost[2..4], lost));
        (int hole, string missing) = await RunAsync(token, "backup", "--out", Path.Combine(_folder, "other"), "--data", Data);

        Assert.That((changed, refused, hole), Is.EqualTo((1, 1, 1)), verification + refusal + missing);
        Assert.That(verification, Does.Contain(Path.GetFileName(blobs[3])));
        Assert.That(refusal, Does.Contain(Path.GetFileName(blobs[3])));
        Assert.That(File.Exists(Path.Combine(restored, "recordhub.db")), Is.False);
        Assert.That(missing, Does.Contain(lost));
        Assert.That(Directory.EnumerateFiles(Path.Combine(_folder, "other"), "manifest.json", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task A_store_that_was_opened_and_has_no_record_takes_a_restoration_and_starts(CancellationToken token)
    {
        string letter = Path.Combine(_folder, "letter.txt");
        await File.WriteAllTextAsync(letter, "A letter.", token);
        await ConfigureAsync(Data, postgres: true, key: null);
        await RunAsync(token, "import", letter, "--data", Data);
        await GoodAsync(token, "backup", "--out", Backups, "--data", Data);
        string restored = Path.Combine(_folder, "restored");
        await ConfigureAsync(restored, postgres: true, key: null);
        await GoodAsync(token, "token", "create", "--name", "first", "--role", "administrator", "--data", restored);

        await GoodAsync(token, "restore", "--from", Backups, "--data", restored);
        JsonElement inbox = await GoodAsync(token, "inbox", "list", "--data", restored);

        Assert.That(inbox.GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_backup_of_another_engine_is_refused_with_what_to_do(CancellationToken token)
    {
        await ConfigureAsync(Data, postgres: true, key: null);
        string other = Path.Combine(_folder, "embedded");
        await GoodAsync(token, "token", "create", "--name", "first", "--role", "administrator", "--data", other);
        await GoodAsync(token, "backup", "--out", Backups, "--data", other);

        (int exitCode, string refusal) = await RunAsync(token, "restore", "--from", Backups, "--data", Data);

        Assert.That(exitCode, Is.EqualTo(1), refusal);
        Assert.That(refusal, Does.Contain("sqlite").And.Contain("postgresql").And.Contain("Database:Connection"));
    }

    private async Task ConfigureAsync(string data, bool postgres, string? key, string? bucketPrefix = null)
    {
        Directory.CreateDirectory(data);
        Dictionary<string, Dictionary<string, string>> settings = [];
        if (postgres)
        {
            PostgresPeer.Require();
            if (_postgres is null)
            {
                _postgres = new PostgresPeer();
                await _postgres.UpAsync();
            }

            settings["Database"] = new() { ["Connection"] = await _postgres.CreateDatabaseAsync() };
        }

        if (key is not null)
        {
            settings["Blobs"] = new() { ["EncryptionKey"] = key };
        }

        if (bucketPrefix is not null)
        {
            _objects ??= await S3Peer.StartAsync(Directory.CreateDirectory(Path.Combine(_folder, "objects")).FullName);
            settings["Blobs"] = new()
            {
                ["Uri"] = $"s3://records/{bucketPrefix}?endpoint={_objects.Address}&region=local",
                ["AccessKey"] = "S3RVER",
                ["SecretKey"] = "S3RVER",
            };
        }

        await File.WriteAllTextAsync(Path.Combine(data, "appsettings.json"), JsonSerializer.Serialize(settings));
    }

    private static async Task<JsonElement> GoodAsync(CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output) = await RunAsync(token, arguments);
        Assert.That(exitCode, Is.Zero, output);
        return JsonDocument.Parse(output).RootElement;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(CancellationToken token, params string[] arguments)
    {
        (int exitCode, string output, string error) = await RecordHubProcess.CommandAsync(token, [.. arguments, "--json"]);
        return (exitCode, output.Length == 0 ? error : output);
    }
}
