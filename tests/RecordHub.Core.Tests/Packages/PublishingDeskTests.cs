using System.IO.Compression;
using System.Text.Json;
using CsCheck;
using Hl7.Fhir.Model;
using Hl7.Fhir.Serialization;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Tests.Stores;
using RecordHub.Samples;
using Task = System.Threading.Tasks.Task;

namespace RecordHub.Core.Tests.Packages;

public sealed class PublishingDeskTests
{
    private static readonly SampleCase s_sample = SampleCase.Generate(1);

    // Some of each: a full series would only make it slower.
    private static readonly SampleFile[] s_files = [.. s_sample.Files
        .Where(file => file.Expected != SampleOutcome.Ignored && file.MediaType != "application/dicom"),
        .. s_sample.Files.Where(file => file.MediaType == "application/dicom" && file.Expected == SampleOutcome.Filed)
            .Where((file, index) => index % 9 == 0 || !file.Path.Contains("IM", StringComparison.OrdinalIgnoreCase))];

    [Test]
    public async Task The_same_records_in_any_order_through_any_door_give_the_same_digest()
    {
        (Office first, CaseFile file) = await FillAsync(s_files);
        PackageVersion expected = (await PublishAsync(first, file)).Version;
        await Gen.Shuffle(s_files).SampleAsync(
            async shuffled =>
            {
                Office other = new();
                CaseFile same = await other.OpenAsync(Office.Asked(s_sample.Patient));
                for (int i = 0; i < shuffled.Length; i++)
                {
                    // An image finds its case by its identifier, so it need not come for a case.
                    bool isImage = shuffled[i].MediaType == "application/dicom" && i % 2 == 0;
                    await other.SendAsync(
                        Office.KindOf(shuffled[i]), shuffled[i].Content, isImage ? default : same.Number, (Door)(i % 6));
                }

                PackageVersion version = (await PublishAsync(other, same)).Version;
                Assert.That(version.Digest, Is.EqualTo(expected.Digest));
            },
            iter: 4, threads: 1);
    }

    [Test]
    public async Task A_filed_document_that_names_nobody_is_said_to_be_there_on_somebodys_word()
    {
        (Office office, CaseFile file) = await FillAsync(s_files);
        PackageVersion before = (await PublishAsync(office, file)).Version;
        await office.SendAsync("The liver shows a lesion of three centimetres that has not been seen before.", file.Number);
        PackageVersion after = (await PublishAsync(office, file)).Version;

        Assert.That(await TextAsync(before), Does.Not.Contain("Name no patient"));
        Assert.That(await TextAsync(after), Does.Contain("Name no patient: here only because somebody said"));

        async Task<string> TextAsync(PackageVersion version)
        {
            await using Stream? bundle = await office.Publishing.OpenBundleAsync(file.Number, version.Version, AccessScope.All, CancellationToken.None);
            using StreamReader reader = new(bundle!);
            return await reader.ReadToEndAsync();
        }
    }

    [Test]
    public async Task Publishing_twice_makes_one_version_and_one_more_record_makes_the_next()
    {
        (Office office, CaseFile file) = await FillAsync(s_files[..^1]);
        PublishOutcome.Published first = await PublishAsync(office, file);
        PublishOutcome.Published again = await PublishAsync(office, file);
        await office.SendAsync(s_files[^1], file.Number);
        PublishOutcome.Published second = await PublishAsync(office, file);
        IReadOnlyList<PackageChange>? changes = await office.Publishing.DiffAsync(file.Number, 1, 2, AccessScope.All, CancellationToken.None);

        Assert.That(first.Created, Is.True);
        Assert.That(again.Created, Is.False);
        Assert.That(again.Version.Digest, Is.EqualTo(first.Version.Digest));
        Assert.That(second.Version.Version, Is.EqualTo(2));
        Assert.That(changes, Is.Not.Empty);
        string bundle = await ReadAsync(office, file, 2);
        Assert.That(bundle, Does.Contain("Changes since the last version").And.Contain(changes?[0].Entry.Reference));
    }

    [Test]
    public async Task Every_reference_of_the_document_resolves_inside_it()
    {
        (Office office, CaseFile file) = await FillAsync(s_files);
        await PublishAsync(office, file);

        using JsonDocument document = JsonDocument.Parse(await ReadAsync(office, file, null));
        HashSet<string?> urls = [.. document.RootElement.GetProperty("entry").EnumerateArray()
            .Select(entry => entry.GetProperty("fullUrl").GetString())];

        Assert.That(urls, Has.Count.EqualTo(document.RootElement.GetProperty("entry").GetArrayLength()));
        Assert.That(References(document.RootElement).Where(one => !one.StartsWith('#')).Except(urls), Is.Empty);
    }

    [Test]
    public async Task A_report_that_came_with_its_study_is_paired_with_it()
    {
        (Office office, CaseFile file) = await FillAsync(s_files);

        CaseAnalysis analysis = CaseAnalysis.Of(await office.Reader.ReadAsync(file, CancellationToken.None));

        Assert.That(analysis.Studies.Select(study => study.Reports.Count), Has.Some.GreaterThan(0));
    }

    [Test]
    public async Task The_document_is_valid_R4_and_holds_every_section()
    {
        (Office office, CaseFile file) = await FillAsync(s_files);
        await PublishAsync(office, file);

        JsonSerializerOptions strict = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);
        Bundle? bundle = JsonSerializer.Deserialize<Bundle>(await ReadAsync(office, file, null), strict);
        Composition? composition = bundle?.Entry[0].Resource as Composition;

        Assert.That(bundle?.Type, Is.EqualTo(Bundle.BundleType.Document));
        Assert.That(composition?.Title, Is.EqualTo("Second-opinion case package 1, version 1"));
        Assert.That(composition?.Section, Has.Count.EqualTo(22));
        foreach (Composition.SectionComponent section in composition?.Section ?? [])
        {
            Assert.That(section.Text?.Div, Is.Not.Null);
            Assert.That(section.EmptyReason is not null && section.Entry.Count > 0, Is.False);
        }
    }

    [Test]
    public async Task What_is_missing_blocks_until_somebody_says_why_not()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));

        PublishOutcome blocked = await office.Publishing.PublishAsync(file.Number, "ann", false, null, AccessScope.All, default);
        PublishOutcome unreasoned = await office.Publishing.PublishAsync(file.Number, "ann", true, " ", AccessScope.All, default);
        PublishOutcome.Published forced = await PublishAsync(office, file);
        CaseFile? after = await office.Store.FindAsync(file.Number, AccessScope.All, CancellationToken.None);

        Assert.That((blocked as PublishOutcome.Blocked)?.Blockers, Is.Not.Empty);
        Assert.That(unreasoned, Is.InstanceOf<PublishOutcome.Blocked>());
        Assert.That(forced.Version.OverrideReason, Is.EqualTo("a test"));
        Assert.That(after?.Status, Is.EqualTo(CaseStatus.ReadyForReview));
        Assert.That(
            await office.Publishing.PublishAsync(new CaseNumber(9), "ann", false, null, AccessScope.All, default),
            Is.InstanceOf<PublishOutcome.Refused>());
    }

    [Test]
    public async Task Words_of_a_record_do_not_become_markup()
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(
            Office.Asked(s_sample.Patient) with { Question = "<script>alert(1)</script> & \u0001 \"why\"?" });
        await PublishAsync(office, file);

        string bundle = await ReadAsync(office, file, null);
        JsonSerializerOptions strict = new JsonSerializerOptions().ForFhir(ModelInfo.ModelInspector);

        Assert.That(bundle, Does.Not.Contain("<div xmlns=\"http://www.w3.org/1999/xhtml\"><p><script>"));
        Assert.That(bundle, Does.Contain("&lt;script&gt;"));
        Assert.That(JsonSerializer.Deserialize<Bundle>(bundle, strict)?.Entry, Is.Not.Empty);
    }

    [Test]
    public async Task An_exported_package_verifies_and_a_changed_one_does_not()
    {
        (Office office, CaseFile file) = await FillAsync(s_files);
        PublishOutcome.Published published = await PublishAsync(office, file);
        using MemoryStream zip = new();

        bool exported = await office.Publishing.ExportAsync(file.Number, null, reconciled: false, zip, AccessScope.All, CancellationToken.None);
        zip.Position = 0;
        PackageVerification good = PublishingDesk.Verify(zip);
        using (ZipArchive archive = new(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            ZipArchiveEntry image = archive.Entries.First(one => one.FullName.StartsWith("DICOM/", StringComparison.Ordinal));
            using Stream content = image.Open();
            content.Seek(-1, SeekOrigin.End);
            content.WriteByte(0x55);
        }

        zip.Position = 0;
        PackageVerification bad = PublishingDesk.Verify(zip);

        Assert.That(exported, Is.True);
        Assert.That(good.Ok, Is.True, string.Join("; ", good.Problems));
        Assert.That(good.Digest, Is.EqualTo(published.Version.Digest.ToString()));
        Assert.That(bad.Problems, Has.Exactly(1).Contains("changed"));
        Assert.That(PublishingDesk.Verify(new MemoryStream([1, 2, 3])).Ok, Is.False);
    }

    private static async Task<(Office Office, CaseFile File)> FillAsync(IEnumerable<SampleFile> files)
    {
        Office office = new();
        CaseFile file = await office.OpenAsync(Office.Asked(s_sample.Patient));
        foreach (SampleFile one in files)
        {
            await office.SendAsync(one, file.Number);
        }

        return (office, file);
    }

    private static async Task<PublishOutcome.Published> PublishAsync(Office office, CaseFile file)
    {
        PublishOutcome outcome =
            await office.Publishing.PublishAsync(file.Number, "ann", true, "a test", AccessScope.All, CancellationToken.None);
        Assert.That(outcome, Is.InstanceOf<PublishOutcome.Published>());
        return (PublishOutcome.Published)outcome;
    }

    private static async Task<string> ReadAsync(Office office, CaseFile file, int? version)
    {
        await using Stream? stream = await office.Publishing.OpenBundleAsync(file.Number, version, AccessScope.All, CancellationToken.None);
        Assert.That(stream, Is.Not.Null);
        using StreamReader reader = new(stream!);
        return await reader.ReadToEndAsync();
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property =>
            property.NameEquals("reference") && property.Value.ValueKind == JsonValueKind.String
                ? [property.Value.GetString()!] : References(property.Value)),
        _ => [],
    };
}
