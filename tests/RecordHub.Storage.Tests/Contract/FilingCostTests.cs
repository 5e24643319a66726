using System.Diagnostics;
using System.Globalization;
using System.Text;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Resources;
using RecordHub.Samples;
using RecordHub.Storage.Blobs;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>
/// A record finds its case by name and birth date among many. A thousand cases here; tests/match.sh makes more of them and
/// measures.
/// </summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class FilingCostTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Batch = 1000;
    private const int Records = 200;

    private static readonly string[] s_syllables = ["bran", "tor", "vel", "kar", "mor", "sten", "ald", "fer", "gil", "hal", "lor", "nor"];

    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("recordhub-filing-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_record_is_filed_by_name_and_birth_date_soon_among_many_cases()
    {
        bool measured = int.TryParse(
            Environment.GetEnvironmentVariable("RECORDHUB_FILING_CASES"), CultureInfo.InvariantCulture, out int count);
        count = measured ? count : Batch;
        await using (Database database = Store.Connect())
        {
            for (int first = 0; first < count; first += Batch)
            {
                await InsertAsync(database, first);
            }

            // As the server does by itself after a while.
            await database.WriteAsync(
                session =>
                {
                    session.Write("ANALYZE");
                    return ValueTask.FromResult(0);
                },
                None);
        }

        FileBlobStore blobs = Blobs();
        FilingStep filing = new(Store.Items, blobs, Store.Cases);
        List<double> times = [];
        for (int i = 0; i < Records; i++)
        {
            CasePatient patient = Somebody(i * (count / Records));
            ReceivedItem item = await ReceiveAsync(blobs, patient, $"M{i}", "a");
            long started = Stopwatch.GetTimestamp();
            IReadOnlyList<HeldRecord> records = await filing.RunAsync(item.Id, None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.That(
                records is [{ State: RecordState.Filed } one] && one.Case.Value == int.Parse(patient.Id[1..], CultureInfo.InvariantCulture) + 1,
                Is.True);
        }

        times.Sort();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{typeof(THarness).Name}: {count} cases, filing p50 {times[Records / 2]:0.0} ms, p95 {times[Records * 95 / 100]:0.0} ms"));
    }

    [Test]
    public async Task The_first_items_of_a_new_patient_at_once_are_one_patients()
    {
        const int Items = 64;
        CasePatient patient = Somebody(1);
        await Store.Cases.CreateAsync(Make.Case(1) with { Patient = patient }, [CaseResources.Patient(patient)], None);
        FileBlobStore blobs = Blobs();
        List<ItemId> items = [];
        for (int i = 0; i < Items; i++)
        {
            items.Add((await ReceiveAsync(blobs, patient, "M1", $"i{i}")).Id);
        }

        FilingStep filing = new(Store.Items, blobs, Store.Cases);
        IReadOnlyList<HeldRecord>[] filed = await Task.WhenAll(items.Select(item => Task.Run(() => filing.RunAsync(item, None))));

        Assert.That(filed.SelectMany(records => records).All(record => record is { State: RecordState.Filed, Case.Value: 1 }), Is.True);
        Assert.That(
            (await Store.Cases.FindByIdentifiersAsync([new PatientIdentifier("2.25.9", "M1")], Tenant.Default, None)).Single().Patient.Identifiers,
            Is.EqualTo([new PatientIdentifier("2.25.9", "M1")]));
    }

    private FileBlobStore Blobs()
    {
        FileBlobStore blobs = new(
            new StorageOptions { DataFolder = _folder, BlobFolder = _folder, MinFreeBytes = 0 }, TimeProvider.System);
        Directory.CreateDirectory(blobs.Folder.Incoming);
        return blobs;
    }

    private static async Task InsertAsync(Database database, int first)
    {
        List<SqlValue[]> patients = [];
        List<SqlValue[]> cases = [];
        List<SqlValue[]> resources = [];
        List<SqlValue[]> index = [];
        foreach (int number in Enumerable.Range(first, Batch))
        {
            CasePatient patient = Somebody(number);
            StoredResource resource = CaseResources.Patient(patient);
            long key = number + 1;
            patients.Add([patient.Id, patient.Name.Family, patient.Name.Given, patient.BirthDate.ToString(), "Female", "default"]);
            cases.Add([key, "oncology", CaseStatus.Compiling, patient.Id, "?", 0L, 1L, "default"]);
            resources.Add([key, key, "Patient", patient.Id, 1L, 0L, 0L, 0L, patient.Id, default, resource.Json.ToArray()]);
            index.AddRange(resource.Index.Where(entry => entry.Parameter[0] == '_').Select(entry => new SqlValue[]
            {
                key, "Patient", entry.Parameter, (int)entry.Kind, entry.System, entry.Value, entry.Low, entry.High,
            }));
        }

        await database.WriteAsync(
            session =>
            {
                session.Insert("patient", "id, family, given, birth_date, sex, tenant", patients);
                session.Insert("case_file", "number, specialty, status, patient_id, question, created_at, revision, tenant", cases);
                session.Insert(
                    "resource", "key, seq, type, id, version, last_updated, deleted, case_number, patient_id, record_id, json", resources);
                session.Insert("resource_index", "resource, type, parameter, kind, system, value, low, high", index);
                session.Write("UPDATE change_counter SET last = $last", ("$last", first + Batch));
                return ValueTask.FromResult(0);
            },
            None);
    }

    private static CasePatient Somebody(int number)
    {
        SampleRandom random = new(number);
        DateOnly born = new DateOnly(1935, 1, 2).AddDays(random.Next(29_000));
        return new CasePatient
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"m{number}"),
            Name = new PersonName(
                random.Pick(s_syllables) + random.Pick(s_syllables) + random.Pick(s_syllables) + random.Pick(s_syllables),
                random.Pick(s_syllables) + random.Pick(s_syllables) + random.Pick(s_syllables)),
            BirthDate = new PartialDate(born.Year, born.Month == 1 && born.Day == 1 ? 2 : born.Month, born.Day),
            Sex = AdministrativeSex.Female,
        };
    }

    private async Task<ReceivedItem> ReceiveAsync(FileBlobStore blobs, CasePatient patient, string number, string id)
    {
        byte[] json = Encoding.UTF8.GetBytes(
            $$"""
            {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:oid:2.25.9","value":"{{number}}"}],"gender":"female",
             "birthDate":"{{patient.BirthDate}}","name":[{"family":"{{patient.Name.Family}}","given":["{{patient.Name.Given}}"]}]}
            """);
        ContentHash hash = Make.Hash(Encoding.UTF8.GetString(json));
        await using (IBlobWriter writer = await blobs.CreateAsync(BlobNaming.ByHash, None))
        {
            await writer.WriteAsync(json, None);
            await writer.CommitAsync(hash, None);
        }

        ReceivedItem item = Make.Item(Encoding.UTF8.GetString(json)) with { Kind = ContentKind.FhirJson, Length = json.Length };
        await Store.Items.ReceiveAsync(item, None);
        return item;
    }
}
