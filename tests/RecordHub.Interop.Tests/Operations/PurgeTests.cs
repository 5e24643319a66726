using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using NUnit.Framework;
using RecordHub.Interop.Tests.Installation;
using RecordHub.Peers;

namespace RecordHub.Interop.Tests.Operations;

/// <summary>A purged case leaves nothing but its number and a certificate: looked for byte by byte in all that is stored.</summary>
[CancelAfter(300_000)]
[NonParallelizable]
public sealed class PurgeTests
{
    private string _folder = string.Empty;
    private PostgresPeer? _postgres;
    private string? _connection;

    private string Data => Path.Combine(_folder, "data");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("purge-").FullName;

    [TearDown]
    public async Task RemoveFolderAsync()
    {
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
            _postgres = null;
        }

        Directory.Delete(_folder, recursive: true);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task No_byte_of_a_purged_case_is_left_in_blobs_database_or_log(bool postgres, CancellationToken token)
    {
        await PrepareAsync(postgres);
        PurgeCase sample = new(_folder);
        string log;
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token))
        {
            await sample.FileAsync(hub, token);
            string serviceRequest = await PurgeCase.ServiceRequestAsync(hub, token);
            (int refused, string why) = await PurgeCase.PurgeAsync(hub, token);
            await PurgeCase.RejectHeldAsync(hub, token);
            (int held, string because) = await PurgeCase.PurgeOnHoldAsync(hub, token);
            (int done, string certificate) = await PurgeCase.PurgeAsync(hub, token);
            using HttpResponseMessage gone = await hub.Client.GetAsync(serviceRequest, token);
            using HttpResponseMessage late = await hub.Client.PostAsync(
                "api/cases/1/purge", new StringContent("{\"confirm\":1}", Encoding.UTF8, "application/json"), token);

            Assert.That(refused, Is.EqualTo(1), why);
            Assert.That(why, Does.Contain("Decide about them first"));
            Assert.That(held, Is.EqualTo(1), because);
            Assert.That(because, Does.Contain("under legal hold").And.Contain("case release 1"));
            Assert.That(done, Is.Zero, certificate);
            Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(
                JsonElement.DeepEquals(JsonDocument.Parse(certificate).RootElement,
                    JsonDocument.Parse(await late.Content.ReadAsStringAsync(token)).RootElement),
                Is.True, "a second purge gives the same certificate");
            log = hub.Log;
        }

        await FlushAsync(token);
        Assert.That(sample.Needles, Has.Count.GreaterThan(70));
        Assert.That(PurgeCase.Find(sample.Needles, Encoding.UTF8.GetBytes(log), "log"), Is.Empty);
        Assert.That(Stored().SelectMany(file => PurgeCase.Find(sample.Needles, File.ReadAllBytes(file), file)), Is.Empty);
        Assert.That(PurgeCase.FilesWithBytes(Path.Combine(Data, "blobs")), Is.Empty);
    }

    [Test]
    public async Task Encrypted_blobs_are_removed_too_though_the_purge_is_killed_after_each_step(CancellationToken token)
    {
        await PrepareAsync(postgres: false);
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(
            Path.Combine(Data, "appsettings.json"), JsonSerializer.Serialize(new { Blobs = new { EncryptionKey = key, MaxSharedBytes = 0 } }), token);
        PurgeCase sample = new(_folder);
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token))
        {
            await sample.FileAsync(hub, token);
            await PurgeCase.RejectHeldAsync(hub, token);
        }

        int blobs = Blobs().Length;
        string[] purge = ["purge", "1", "--reason", "the retention period has ended", "--confirm", "1", "--data", Data, "--json"];
        string rows = await RecordHubProcess.KillAtMessageAsync("rows removed", token, purge);
        string removed = await RecordHubProcess.KillAtMessageAsync("blobs removed", token, purge);
        (int done, string certificate, string error) = await RecordHubProcess.CommandAsync(token, purge);

        Assert.That(done, Is.Zero, certificate + error);
        Assert.That((rows, removed), Is.EqualTo(("rows removed", "blobs removed")), "each was killed where it was to be");
        Assert.That(blobs, Is.GreaterThan(80));
        Assert.That(
            JsonDocument.Parse(certificate).RootElement.GetProperty("blobs").EnumerateArray()
                .Select(blob => blob.GetProperty("outcome").GetString()),
            Is.EqualTo(Enumerable.Repeat("removed", blobs)));
        Assert.That(JsonDocument.Parse(certificate).RootElement.GetProperty("isClean").GetBoolean(), Is.True);
        Assert.That(Blobs(), Is.Empty);
        Assert.That(Stored().SelectMany(file => PurgeCase.Find(sample.Needles, File.ReadAllBytes(file), file)), Is.Empty);
    }

    [Test]
    public async Task The_same_search_finds_a_case_that_is_not_purged(CancellationToken token)
    {
        await PrepareAsync(postgres: false);
        PurgeCase sample = new(_folder);
        await using (RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token))
        {
            await sample.FileAsync(hub, token);
        }

        HashSet<string> found = [.. Stored().SelectMany(file => PurgeCase.Find(sample.Needles, File.ReadAllBytes(file), string.Empty))];
        Assert.That(found, Has.Count.GreaterThan(sample.Needles.Count / 2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_another_case_has_too_stays_as_it_was(bool postgres, CancellationToken token)
    {
        await PrepareAsync(postgres);
        PurgeCase sample = new(_folder);
        await using RecordHubProcess hub = await RecordHubProcess.StartAsync(Data, token);
        await sample.FileAsync(hub, token);
        await sample.FileAsync(hub, token);
        await PurgeCase.RejectHeldAsync(hub, token);
        string before = await PurgeCase.ExportAsync(hub, 2, token);

        (int done, string certificate) = await PurgeCase.PurgeAsync(hub, token);
        string after = await PurgeCase.ExportAsync(hub, 2, token);
        using HttpResponseMessage patient = await hub.Client.GetAsync("fhir/Patient?family=" + sample.Family, token);

        Assert.That(done, Is.Zero, certificate);
        Assert.That(certificate, Does.Contain("\"kept\"").And.Contain("\"removed\""));
        Assert.That(after, Is.EqualTo(before));
        Assert.That(await patient.Content.ReadAsStringAsync(token), Does.Contain(sample.Family));
    }

    private async Task PrepareAsync(bool postgres)
    {
        Directory.CreateDirectory(Data);
        if (postgres)
        {
            PostgresPeer.Require();
            _postgres = new PostgresPeer();
            await _postgres.UpAsync();
            _connection = await _postgres.CreateDatabaseAsync();
            await File.WriteAllTextAsync(
                Path.Combine(Data, "appsettings.json"),
                JsonSerializer.Serialize(new { Database = new { Connection = _connection } }));
        }
    }

    // What the documentation asks of whoever runs the server.
    private async Task FlushAsync(CancellationToken token)
    {
        if (_connection is null)
        {
            return;
        }

        await using NpgsqlConnection connection = new(_connection);
        await connection.OpenAsync(token);
        foreach (string sql in new[] { "VACUUM FULL", "CHECKPOINT" })
        {
            await using NpgsqlCommand command = new(sql, connection);
            await command.ExecuteNonQueryAsync(token);
        }
    }

    private string[] Blobs() =>
        [.. Directory.EnumerateFiles(Path.Combine(Data, "blobs"), "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) != ".id")];

    private IEnumerable<string> Stored() => new[] { Data, _postgres?.Tables }.OfType<string>()
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));
}
