using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests;

/// <summary>Clients of SMART Backend Services from the command line, on a folder and on a running service.</summary>
[CancelAfter(120_000)]
public sealed class TokenClientCommandTests
{
    private string _folder = string.Empty;
    private string _keys = string.Empty;

    [SetUp]
    public async Task MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-clients-").FullName;
        _keys = Path.Combine(_folder, "public.jwks");
        await File.WriteAllTextAsync(_keys, KeySet("a", string.Empty));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_client_is_registered_gets_new_keys_and_is_revoked_the_same_on_a_folder_and_a_service()
    {
        JsonElement local = Read(await LocalAsync($"token client add --name one --role machine --scope system/*.rs --jwks {_keys} --json"));
        RecordHubOptions options = new()
        {
            Data = Path.Combine(_folder, "data"),
            Http = new IPEndPoint(IPAddress.Loopback, 0),
            Dicom = new IPEndPoint(IPAddress.Loopback, 0),
        };
        await using RecordHubHost host = await RecordHubHost.StartAsync(options, CancellationToken.None, EmbeddedHub.NoLog);
        string token = (await File.ReadAllTextAsync(Path.Combine(options.Data, "admin.token"))).Trim();
        string remote = $" --server http://{host.Http} --token {token}";
        JsonElement second = Read(await CommandRun.RunAsync(CommandText.Split(
            $"token client add --name two --role machine --scope 'system/Patient.read system/*.s' --jwks {_keys} --json{remote}")));
        await File.WriteAllTextAsync(_keys, KeySet("b", string.Empty));
        string id = local.GetProperty("id").GetString()!;
        JsonElement rotated = Read(await CommandRun.RunAsync(CommandText.Split($"token client keys {id} --jwks {_keys} --json{remote}")));
        CommandRun revoked = await CommandRun.RunAsync(CommandText.Split($"token client revoke {id}{remote}"));
        CommandRun again = await CommandRun.RunAsync(CommandText.Split($"token client revoke {id}{remote}"));
        JsonElement listed = Read(await LocalAsync("token client list --json"));
        CommandRun shown = await LocalAsync("token client list");
        await host.StopAsync(CancellationToken.None);

        Assert.That(local.GetProperty("scope").GetString(), Is.EqualTo("system/*.rs"));
        Assert.That(second.GetProperty("scope").GetString(), Is.EqualTo("system/Patient.rs system/*.s"));
        Assert.That(rotated.GetProperty("keys")[0].GetProperty("kid").GetString(), Is.EqualTo("b"));
        Assert.That(revoked.ExitCode, Is.Zero, revoked.ToString());
        Assert.That(again.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(listed.EnumerateArray().Select(one => one.GetProperty("revokedAt").ValueKind == JsonValueKind.Null), Is.EqualTo(new[] { false, true }));
        Assert.That(shown.Output, Does.Contain("one").And.Contain("two"));
    }

    [Test]
    public async Task Private_keys_addresses_and_scopes_that_are_none_are_refused_with_a_sentence()
    {
        await File.WriteAllTextAsync(_keys, KeySet("a", ",\"d\":\"AAAA\""));
        CommandRun secret = await LocalAsync($"token client add --name n --role machine --scope system/*.rs --jwks {_keys}");
        CommandRun address = await LocalAsync("token client add --name n --role machine --scope system/*.rs --jwks https://keys.example/jwks");
        await File.WriteAllTextAsync(_keys, KeySet("a", string.Empty));
        CommandRun scope = await LocalAsync($"token client add --name n --role machine --scope user/*.rs --jwks {_keys}");
        CommandRun role = await LocalAsync($"token client add --name n --role administrator --scope system/*.rs --jwks {_keys}");

        Assert.That(secret.Error, Does.Contain("private").And.Not.Contain("AAAA"));
        Assert.That(address.Error, Does.Contain("not fetched"));
        Assert.That(scope.Error, Does.Contain("user/*.rs"));
        Assert.That(
            new[] { secret.ExitCode, address.ExitCode, scope.ExitCode, role.ExitCode },
            Is.EqualTo(new[] { ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Failed, ExitCodes.Usage }));
    }

    [Test]
    public async Task A_backup_carries_clients()
    {
        Read(await LocalAsync($"token client add --name one --role machine --scope system/*.rs --jwks {_keys} --json"));
        string copies = Path.Combine(_folder, "copies");
        string restored = Path.Combine(_folder, "restored");
        CommandRun backup = await LocalAsync($"backup --out {copies}");
        CommandRun restore = await CommandRun.RunAsync("restore", "--from", copies, "--data", restored);
        JsonElement listed = Read(await CommandRun.RunAsync("token", "client", "list", "--json", "--data", restored));

        Assert.That(backup.ExitCode, Is.Zero, backup.ToString());
        Assert.That(restore.ExitCode, Is.Zero, restore.ToString());
        Assert.That(listed[0].GetProperty("keys")[0].GetProperty("kid").GetString(), Is.EqualTo("a"));
    }

    private static string KeySet(string kid, string more)
    {
        using ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        ECPoint point = curve.ExportParameters(false).Q;
        return $"{{\"keys\":[{{\"kty\":\"EC\",\"crv\":\"P-384\",\"kid\":\"{kid}\",\"x\":\"{Base64Url.EncodeToString(point.X!)}\","
            + $"\"y\":\"{Base64Url.EncodeToString(point.Y!)}\"{more}}}]}}";
    }

    private static JsonElement Read(CommandRun run)
    {
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        using JsonDocument document = JsonDocument.Parse(run.Output);
        return document.RootElement.Clone();
    }

    private Task<CommandRun> LocalAsync(string line) =>
        CommandRun.RunAsync([.. CommandText.Split(line), "--data", Path.Combine(_folder, "data")]);
}
