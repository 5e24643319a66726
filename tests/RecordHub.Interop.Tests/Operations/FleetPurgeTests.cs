using System.Text;
using Npgsql;
using NUnit.Framework;
using RecordHub.Interop.Tests.Fleets;
using RecordHub.Interop.Tests.Losses;
using RecordHub.Server.Tests.Dicom;

namespace RecordHub.Interop.Tests.Operations;

/// <summary>A case that went over a broker into an object store and PostgreSQL is purged: nothing of it is left in any.</summary>
[CancelAfter(300_000)]
public sealed class FleetPurgeTests : FleetFixture
{
    private const string Study = "2.25.7709";
    private const int Images = 12;

    private static readonly string[] s_needles = ["Muster", "Erika", "19640812", "1964-08-12", Study, "lobe of the left lung"];

    [Test]
    public async Task No_byte_of_a_purged_case_is_left_in_broker_objects_database_spools_or_logs(CancellationToken token)
    {
        await using Fleet fleet = await Fleet.StartAsync(
            Folder, 1, new Dictionary<string, string> { ["RECORDHUB__Fhir__FilingWaitSeconds"] = "1" }, token);
        (string number, string aeTitle) = await fleet.OpenCaseAsync(token);

        // All of it goes through the queues, and waits in them.
        await SendAsync(fleet, number, aeTitle, token);
        await fleet.AddWorkerAsync(token);
        await fleet.UntilIdleAsync(token);
        using StringContent forced = Json("""{"force":true,"reason":"as a test"}""");
        using HttpResponseMessage published = await fleet.Clients[0].PostAsync($"api/packages/{number}/publish", forced, token);
        Assert.That(published.IsSuccessStatusCode, Is.True, await published.Content.ReadAsStringAsync(token));
        Assert.That(Found([fleet.BrokerFolder]), Is.Empty, "queues carry keys alone");
        Assert.That(Found(fleet.Folders), Is.Not.Empty, "the search finds what is there");

        using StringContent asked = Json($$"""{"reason":"the retention period has ended","confirm":{{number}}}""");
        using HttpResponseMessage purged = await fleet.Clients[0].PostAsync($"api/cases/{number}/purge", asked, token);
        string certificate = await purged.Content.ReadAsStringAsync(token);
        Assert.That(purged.IsSuccessStatusCode, Is.True, certificate);

        // What docs/operations.md asks of whoever runs the database.
        await using (NpgsqlDataSource database = NpgsqlDataSource.Create(fleet.Connection))
        {
            foreach (string sql in (string[])["VACUUM FULL", "CHECKPOINT"])
            {
                await using NpgsqlCommand command = database.CreateCommand(sql);
                await command.ExecuteNonQueryAsync(token);
            }
        }

        Assert.That(Found(fleet.Folders), Is.Empty);
        Assert.That(s_needles.Where(needle => fleet.Nodes.Any(node => node.Log.Contains(needle, StringComparison.Ordinal))), Is.Empty);
        Assert.That(s_needles.Where(needle => certificate.Contains(needle, StringComparison.Ordinal)), Is.Empty);
        foreach (string path in (string[])
            [
                $"cases/{number}/dicomweb/studies", $"dicomweb/studies/{Study}/metadata", $"api/packages/{number}/export",
            ])
        {
            using HttpResponseMessage gone = await fleet.Clients[0].GetAsync(path, token);
            string body = await gone.Content.ReadAsStringAsync(token);
            Assert.That((int)gone.StatusCode, Is.AnyOf(204, 404, 409, 410), path + body);
        }
    }

    private static async Task SendAsync(Fleet fleet, string number, string aeTitle, CancellationToken token)
    {
        await using TestSender sender = await TestSender.OpenAsync(fleet.DicomPorts[0], token, called: aeTitle);
        for (int image = 1; image <= Images; image++)
        {
            Assert.That(
                (await sender.StoreAsync(
                    LossHub.InstanceOf(Study, image), TestSender.Bytes(LossHub.Image(Study, image)), token)).Status,
                Is.Zero);
        }

        using StringContent letter = new(
            "Patient: Erika Muster\nDate of birth: 12.08.1964\nA shadow in the lower lobe of the left lung.\n", Encoding.UTF8,
            "text/plain");
        using HttpResponseMessage stored = await fleet.Clients[0].PostAsync($"cases/{number}/fhir/Binary", letter, token);
        Assert.That((int)stored.StatusCode, Is.LessThan(300), await stored.Content.ReadAsStringAsync(token));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string[] Found(IEnumerable<string> folders)
    {
        List<string> found = [];
        foreach (string file in folders.SelectMany(
            folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)))
        {
            byte[] bytes = Bytes(file);
            found.AddRange(s_needles.Where(needle => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0)
                .Select(needle => $"{Path.GetFileName(file)} holds {needle[..3]}…"));
        }

        return [.. found];
    }

    // Engines remove files while we look.
    private static byte[] Bytes(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException)
        {
            return [];
        }
    }
}
