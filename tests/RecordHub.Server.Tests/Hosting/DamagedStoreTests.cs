using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Network;
using RecordHub.Server.Hosting;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Server.Tests.Hosting;

/// <summary>A database that the disk has damaged: nothing is acknowledged into it, and whoever asks is told.</summary>
[CancelAfter(120_000)]
public sealed class DamagedStoreTests
{
    private const int Page = 4096;
    private static readonly Uid s_first = Uid.Parse("2.25.421");
    private static readonly Uid s_second = Uid.Parse("2.25.422");
    private string _folder = null!;

    private string Database => Path.Combine(_folder, "recordhub.db");

    [SetUp]
    public async Task StoreOneAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-damaged-").FullName;
        await using TestHub hub = await TestHub.StartAsync(keep: _folder);
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, default);
        Assert.That((await SendAsync(sender, s_first)).Status, Is.Zero);
    }

    [TearDown]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Damage_that_is_met_while_it_runs_ends_every_acknowledgement_and_is_said(CancellationToken token)
    {
        Fill(PageOf("item_content"), 0xFF);
        await using TestHub hub = await TestHub.StartAsync(keep: _folder);
        await using TestSender sender = await TestSender.OpenAsync(hub.DicomPort, token);

        StoreResponse met = await SendAsync(sender, s_second);
        StoreResponse after = await SendAsync(sender, s_second);
        (HttpStatusCode ready, JsonNode parts) = await hub.GetAsync("health/ready");
        (HttpStatusCode read, JsonNode readSaid) = await hub.GetAsync("fhir/ServiceRequest");
        (HttpStatusCode sent, JsonNode sentSaid) = await hub.SendAsync(
            HttpMethod.Post, "fhir/Observation", """{"resourceType":"Observation","status":"final","code":{"text":"x"}}""");

        Assert.That(met.Status, Is.EqualTo(0xA700));
        Assert.That(met.Comment, Does.Contain("damaged").And.Length.LessThanOrEqualTo(64));
        Assert.That(after.Status, Is.EqualTo(0xA700));
        Assert.That((ready, read, sent), Is.EqualTo((
            HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)));
        Assert.That(parts.ToJsonString(), Does.Contain("damaged").And.Contain("recordhub doctor").And.Contain("restore"));
        Assert.That(readSaid["resourceType"]!.GetValue<string>(), Is.EqualTo("OperationOutcome"));
        Assert.That(readSaid.ToJsonString(), Does.Contain("damaged").And.Contain("operator"));
        Assert.That(sentSaid.ToJsonString(), Does.Contain("damaged").And.Contain("operator"));
    }

    [TestCase("within a page")]
    [TestCase("half")]
    [TestCase("header")]
    [TestCase("table")]
    [TestCase("zeroed table")]
    [TestCase("schema")]
    [TestCase("another's log")]
    public async Task Damage_that_is_cheap_to_see_refuses_the_start_and_changes_nothing(string kind)
    {
        await DamageAsync(kind);
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(Database));

        StartRefusedException refused = Assert.ThrowsAsync<StartRefusedException>(
            async () => await (await TestHub.StartAsync(keep: _folder)).DisposeAsync())!;

        Assert.That(refused.Message, Does.Contain("damaged").And.Contain("recordhub restore").And.Contain("Stop"));
        Assert.That(SHA256.HashData(await File.ReadAllBytesAsync(Database)), Is.EqualTo(before));
    }

    private async Task DamageAsync(string kind)
    {
        long length = new FileInfo(Database).Length;
        switch (kind)
        {
            case "within a page":
                Cut(length - 1000);
                break;
            case "half":
                Cut(length / 2 / Page * Page);
                break;
            case "header":
                Fill(1, 0);
                break;
            case "table":
                Fill(PageOf("item"), 0xFF);
                break;
            case "zeroed table":
                Fill(PageOf("outbox"), 0);
                break;
            case "schema":
                Write(100, [.. Enumerable.Repeat((byte)0xA5, 2000)]);
                break;
            default:
                await LeaveLogAsync();
                break;
        }
    }

    // The log of a database with other tables, which has not been written into it yet.
    private async Task LeaveLogAsync()
    {
        string other = Path.Combine(_folder, "other.db");
        await using SqliteConnection connection = new($"Data Source={other};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            "PRAGMA journal_mode = WAL; CREATE TABLE a (b BLOB); INSERT INTO a VALUES (zeroblob(100000)); INSERT INTO a VALUES (zeroblob(100000));";
        await command.ExecuteNonQueryAsync();
        File.Copy(other + "-wal", Database + "-wal");
    }

    private static async Task<StoreResponse> SendAsync(TestSender sender, Uid instance) =>
        await sender.StoreAsync(instance, TestSender.Bytes(TestSender.Image(instance)), CancellationToken.None);

    private int PageOf(string name)
    {
        using SqliteConnection connection = new($"Data Source={Database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT rootpage FROM sqlite_schema WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return (int)(long)command.ExecuteScalar()!;
    }

    private void Fill(int page, byte value) => Write((page - 1) * Page, [.. Enumerable.Repeat(value, Page)]);

    private void Write(long at, byte[] bytes)
    {
        using FileStream file = new(Database, FileMode.Open, FileAccess.Write);
        file.Position = at;
        file.Write(bytes);
    }

    private void Cut(long length)
    {
        using FileStream file = new(Database, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }
}
