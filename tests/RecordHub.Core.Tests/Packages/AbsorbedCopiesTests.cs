using System.Text;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;
using RecordHub.Core.Tests.Normalization;
using RecordHub.Core.Tests.Stores;

namespace RecordHub.Core.Tests.Packages;

/// <summary>FHIR resources that come again in another Bundle: one survivor, and a Provenance for each copy.</summary>
public sealed class AbsorbedCopiesTests
{
    private const string Alone = """
        {"resourceType":"Condition","code":{"text":"Lesion"},"onsetDateTime":"2024-04-01"
        """;

    [Test]
    public async Task In_any_order_and_any_wrapping_they_give_the_same_digest_and_one_version()
    {
        (Office first, CaseFile file) = await OpenAsync();
        await SendAsync(first, file, Delivery.Whole.Write(1, null, "urn:uuid:"));
        PackageVersion expected = (await PublishAsync(first, file)).Version;
        string[] sent =
        [
            Delivery.Whole.Write(1, null, "urn:uuid:"), Delivery.Whole.Write(2, [8, 7, 6, 5, 4, 3, 2, 1, 0], "http://ehr.example/fhir/"),
            Delivery.Whole.Write(3, [4, 0, 2, 6, 8, 1, 3, 5, 7], string.Empty), Delivery.Whole.Write(4, [0, 1, 2, 3], "urn:uuid:"),
            Delivery.Whole.Write(5, [6, 5, 0], "http://other.example/"),
        ];

        await Gen.Shuffle(sent).SampleAsync(
            async order =>
            {
                (Office office, CaseFile same) = await OpenAsync();
                for (int i = 0; i < order.Length; i++)
                {
                    await SendAsync(office, same, order[i], (Door)(i % 6));
                }

                PublishOutcome.Published published = await PublishAsync(office, same);
                Assert.That(published.Version.Digest, Is.EqualTo(expected.Digest));
            },
            iter: 12, threads: 1);

        foreach (string again in sent)
        {
            await SendAsync(first, file, again);
            PublishOutcome.Published published = await PublishAsync(first, file);
            Assert.That((published.Created, published.Version.Digest), Is.EqualTo((false, expected.Digest)));
        }
    }

    [Test]
    public async Task Each_copy_has_a_Provenance_of_its_own_that_leads_to_its_bytes()
    {
        (Office office, CaseFile file) = await OpenAsync();
        string[] sent = [Delivery.Whole.Write(1, null, "urn:uuid:"), Delivery.Whole.Write(2, [5, 6, 0], "http://ehr.example/fhir/")];
        foreach (string one in sent)
        {
            await SendAsync(office, file, one);
        }

        IReadOnlyList<ResourceVersion> all = await office.Store.ListCaseAsync(file.Number, CancellationToken.None);
        string condition = $"Condition/{all.Single(one => one.Type == "Condition").Id}";
        JsonElement[] provenances = [.. all.Where(one => one.Type == "Provenance").Select(one => JsonDocument.Parse(one.Json).RootElement)
            .Where(one => one.GetProperty("target").EnumerateArray().Any(target => target.GetProperty("reference").GetString() == condition))];

        Assert.That(all.Count(one => one.Type == "Observation"), Is.EqualTo(2));
        Assert.That(provenances, Has.Length.EqualTo(2));
        Assert.That(
            provenances.Select(one => one.GetProperty("entity")[0].GetProperty("role").GetString()), Is.EqualTo(["source", "source"]));
        foreach (JsonElement what in provenances.Select(one => one.GetProperty("entity")[0].GetProperty("what")))
        {
            string id = what.GetProperty("reference").GetString()!["Binary/".Length..];
            StoredBinary binary = (await office.Store.FindBinaryAsync(id, AccessScope.All, CancellationToken.None))!;
            await using Stream bytes = await office.Blobs.OpenAsync(binary.Blob, binary.Offset, CancellationToken.None);
            using StreamReader reader = new(bytes);
            Assert.That(sent, Does.Contain(await reader.ReadToEndAsync()));
        }
    }

    [Test]
    public async Task Whichever_source_a_person_takes_back_the_copy_stays_and_the_package_with_it([Values(0, 1)] int taken)
    {
        (Office office, CaseFile file) = await OpenAsync();
        HeldRecord[] records =
        [
            (await SendAsync(office, file, Delivery.Whole.Write(1, null, "urn:uuid:")))[0],
            (await SendAsync(office, file, Delivery.Whole.Write(2, [8, 7, 6, 5, 4, 3, 2, 1, 0], string.Empty)))[0],
        ];
        ContentHash before = (await PublishAsync(office, file)).Version.Digest;

        InboxOutcome undone = await office.Inbox.UndoAsync(records[taken].Id, "ann", AccessScope.All, CancellationToken.None);
        IReadOnlyList<ResourceVersion> left = await office.Store.ListCaseAsync(file.Number, CancellationToken.None);
        await office.Inbox.RejectAsync(records[taken].Id, "not needed", "ann", AccessScope.All, CancellationToken.None);
        PublishOutcome.Published after = await PublishAsync(office, file);
        await office.Inbox.UndoAsync(records[1 - taken].Id, "ann", AccessScope.All, CancellationToken.None);

        Assert.That(undone, Is.InstanceOf<InboxOutcome.Done>());
        Assert.That(left.Count(one => one.Type is "Observation" or "Condition" or "Encounter"), Is.EqualTo(4));
        Assert.That(left.Count(one => one.Type == "Provenance"), Is.EqualTo(1));
        Assert.That((after.Created, after.Version.Digest), Is.EqualTo((false, before)));
        Assert.That(
            (await office.Store.ListCaseAsync(file.Number, CancellationToken.None)).Select(one => one.Type), Has.None.EqualTo("Observation"));
    }

    [Test]
    public async Task What_differs_in_one_value_is_kept_beside_it_and_makes_a_version()
    {
        for (int leaf = 0; leaf < Delivery.Whole.Leaves; leaf += 3)
        {
            (Office office, CaseFile file) = await OpenAsync();
            await SendAsync(office, file, Delivery.Whole.Write(1, null, "urn:uuid:"));
            await PublishAsync(office, file);
            int before = (await office.Reader.ReadAsync(file, CancellationToken.None)).Filed.Count;
            await SendAsync(office, file, Delivery.Whole.Changed(leaf).Write(1, null, "urn:uuid:"));

            Assert.That((await PublishAsync(office, file)).Version.Version, Is.EqualTo(2), $"leaf {leaf}");
            Assert.That((await office.Reader.ReadAsync(file, CancellationToken.None)).Filed, Has.Count.GreaterThan(before), $"leaf {leaf}");
        }
    }

    [Test]
    public async Task What_names_nobody_is_said_to_until_a_copy_of_it_comes_that_does()
    {
        (Office office, CaseFile file) = await OpenAsync();
        await SendAsync(office, file, Alone + "}");
        string nameless = await TextAsync(office, file);
        await SendAsync(office, file, Alone + ",\"id\":\"other\"}");
        PublishOutcome.Published same = await PublishAsync(office, file);
        await SendAsync(office, file, Alone + ",\"subject\":{\"reference\":\"#p\"},\"contained\":[" + PatientOf("p") + "]}");
        string subject = await TextAsync(office, file);

        Assert.That(nameless, Does.Contain("Name no patient").And.Contain("Lesion (Condition/"));
        Assert.That(same.Created, Is.False);

        // A resource without a subject says less than one with a subject: both are there.
        Assert.That(subject, Does.Contain("Name no patient"));

        await SendAsync(office, file, Bundle(PatientOf("p"), Alone + "}"));
        Assert.That(await TextAsync(office, file), Does.Not.Contain("Name no patient"));
    }

    private static string PatientOf(string id) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:north","value":"77"}],"name":[{"family":"Musterfall","given":["Synthia"]}],"birthDate":"1961-04-09","gender":"female"}""";

    private static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(one => $$"""{"resource":{{one}}}"""))}}]}""";

    private static async Task<(Office Office, CaseFile File)> OpenAsync()
    {
        Office office = new();
        return (office, await office.OpenAsync(Office.Asked(identifiers: new PatientIdentifier("urn:north", "77"))));
    }

    private static async Task<IReadOnlyList<HeldRecord>> SendAsync(Office office, CaseFile file, string json, Door door = Door.Fhir)
    {
        IReadOnlyList<HeldRecord> records = await office.SendAsync(ContentKind.FhirJson, Encoding.UTF8.GetBytes(json), file.Number, door);
        Assert.That(records[0].State, Is.EqualTo(RecordState.Filed), records[0].Explanation);
        return records;
    }

    private static async Task<PublishOutcome.Published> PublishAsync(Office office, CaseFile file)
    {
        PublishOutcome outcome =
            await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, CancellationToken.None);
        Assert.That(outcome, Is.InstanceOf<PublishOutcome.Published>());
        return (PublishOutcome.Published)outcome;
    }

    private static async Task<string> TextAsync(Office office, CaseFile file)
    {
        PackageVersion version = (await PublishAsync(office, file)).Version;
        await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, version.Version, AccessScope.All, CancellationToken.None);
        using StreamReader reader = new(bundle!);
        return await reader.ReadToEndAsync();
    }
}
