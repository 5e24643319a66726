using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity.Matching;
using RecordHub.Core.Resources;
using RecordHub.Samples;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>
/// Whom to compare is found by keys. A few thousand Patients here; tests/match.sh makes a million of them and measures.
/// </summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class PatientKeyTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Batch = 2000;
    private const int Questions = 200;
    private const double MostMilliseconds = 20;

    private static readonly string[] s_families = ["Kim", "Nguyen", "Wang", "Smith", "Garcia", "Müller", "Hansen", "Silva"];
    private static readonly string[] s_given = ["Maria", "Mohammed", "Wei", "Anna", "John", "Elena", "Peter", "Ana"];
    private static readonly string[] s_syllables = ["bran", "tor", "vel", "kar", "mor", "sten", "ald", "fer", "gil", "hal", "lor", "nor"];

    [Test]
    public async Task Patients_of_another_case_are_not_found()
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [Patient("p1", "Muster", "Erika", "1964-08-12")], None);
        await Store.Cases.CreateAsync(Make.Case(2, "p2"), [Patient("p2", "Muster", "Erika", "1964-08-12")], None);

        Assert.That(await FindAsync("Muster", "Erika", "1964-08-12", AccessScope.All), Is.EquivalentTo(new[] { "p1", "p2" }));
        Assert.That(
            await FindAsync("Muster", "Erika", "1964-08-12", AccessScope.All.Within(new CaseNumber(1))), Is.EqualTo(new[] { "p1" }));
        Assert.That(await FindAsync("Muster", "Erika", "1964-08-12", AccessScope.None), Is.Empty);
    }

    [TestCase("Erika", "Muster", "1964-08-12")]
    [TestCase("Mustre", "Erika", "1964-08-12")]
    [TestCase("Neufall", "Erika", "1964-12-08")]
    [TestCase("Muster", "Erica", "1964-08-21")]
    [TestCase("Muster", "Erika", "1946-08-12")]
    [TestCase("Muster", "Erika", null)]
    public async Task One_error_leaves_a_key_that_finds_the_patient(string family, string given, string? birthDate)
    {
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [Patient("p1", "Muster", "Erika", "1964-08-12")], None);

        Assert.That(await FindAsync(family, given, birthDate, AccessScope.All), Is.EqualTo(new[] { "p1" }));
    }

    [Test]
    public async Task A_patient_of_an_earlier_version_is_found_by_identifier_and_birth_date()
    {
        string name = typeof(THarness) == typeof(SqliteHarness)
            ? "RecordHub.Storage.0010-matching-keys.sql" : "RecordHub.Postgres.0008-matching-keys.sql";
        using StreamReader script = new(typeof(Database).Assembly.GetManifestResourceStream(name)!);
        string[] statements = (await script.ReadToEndAsync()).Split(";\n", StringSplitOptions.RemoveEmptyEntries);
        const string Json = "{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1.2.3\",\"value\":\"N1\"}],\"birthDate\":\"1931-12-08\"}";
        IndexEntry[] before = [.. FhirIndexer.Index("Patient", Encoding.UTF8.GetBytes(Json)).Where(entry => entry.Parameter[0] != '_')];
        await Store.Cases.CreateAsync(Make.Case(1, "p1"), [Make.Resource("Patient", "p1", 0, "p1", Json, before)], None);
        await using Database database = Store.Connect();

        await database.WriteAsync(
            session =>
            {
                foreach (string statement in statements.Where(text => !string.IsNullOrWhiteSpace(text)))
                {
                    session.Write(statement);
                }

                return ValueTask.FromResult(0);
            },
            None);

        Assert.That(await Store.Resources.FindPatientsAsync(["i:1.2.3|N1"], 10, AccessScope.All, None), Has.Count.EqualTo(1));
        Assert.That(await FindAsync("Neufall", "Anna", "1931-08-12", AccessScope.All), Is.EqualTo(new[] { "p1" }));
    }

    [Test]
    public async Task A_patient_is_found_by_keys_soon_among_many()
    {
        int patients = int.TryParse(
            Environment.GetEnvironmentVariable("RECORDHUB_MATCH_PATIENTS"), CultureInfo.InvariantCulture, out int asked) ? asked : 0;
        int count = patients > 0 ? patients : Batch;
        await using Database database = Store.Connect();
        for (int first = 0; first < count; first += Batch)
        {
            await InsertAsync(database, first, Math.Min(Batch, count - first));
        }

        SampleRandom random = new(count);
        List<double> times = [];
        for (int i = 0; i < Questions; i++)
        {
            int number = random.Next(count);
            (string family, string given, string birthDate) = Somebody(number);
            long started = Stopwatch.GetTimestamp();
            IReadOnlyList<string> found = await FindAsync(family, given, birthDate, AccessScope.All);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            Assert.That(found, Does.Contain(IdOf(number)));
        }

        times.Sort();
        double p95 = times[(int)(times.Count * 0.95)];
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{typeof(THarness).Name}: {count} patients, p50 {times[times.Count / 2]:0.0} ms, p95 {p95:0.0} ms"));
        Assert.That(patients == 0 || p95 <= MostMilliseconds, $"p95 is {p95:0.0} ms");
    }

    private static async Task InsertAsync(Database database, int first, int count)
    {
        List<SqlValue[]> resources = [];
        List<SqlValue[]> index = [];
        foreach (int number in Enumerable.Range(first, count))
        {
            (string family, string given, string birthDate) = Somebody(number);
            StoredResource patient = Patient(IdOf(number), family, given, birthDate);
            long key = number + 1;
            resources.Add([key, key, "Patient", patient.Id, 1L, 0L, 0L, 0L, patient.Id, default, patient.Json.ToArray()]);
            index.AddRange(patient.Index.Select(entry => new SqlValue[]
            {
                key, "Patient", entry.Parameter, (int)entry.Kind, entry.System, entry.Value, entry.Low, entry.High,
            }));
        }

        await database.WriteAsync(
            session =>
            {
                session.Insert(
                    "resource", "key, seq, type, id, version, last_updated, deleted, case_number, patient_id, record_id, json", resources);
                session.Insert("resource_index", "resource, type, parameter, kind, system, value, low, high", index);
                return ValueTask.FromResult(0);
            },
            None);
    }

    // One in four has a name that many have.
    private static (string Family, string Given, string BirthDate) Somebody(int number)
    {
        SampleRandom random = new(number);
        string birthDate = new DateOnly(1935, 1, 1).AddDays(random.Next(29_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return random.Next(4) == 0
            ? (random.Pick(s_families), random.Pick(s_given), birthDate)
            : (random.Pick(s_syllables) + random.Pick(s_syllables) + random.Pick(s_syllables),
                random.Pick(s_syllables) + random.Pick(s_syllables), birthDate);
    }

    private static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"m{number}");

    private static StoredResource Patient(string id, string family, string given, string? birthDate)
    {
        string json = Json(id, family, given, birthDate);
        return Make.Resource(
            "Patient", id, 0, id, json, [.. FhirIndexer.Index("Patient", Encoding.UTF8.GetBytes(json))
                .Where(entry => entry.Parameter.StartsWith('_'))]);
    }

    private static string Json(string id, string family, string given, string? birthDate) =>
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"{{family}}","given":["{{given}}"]}]"""
        + (birthDate is null ? "}" : $",\"birthDate\":\"{birthDate}\"}}");

    private async Task<IReadOnlyList<string>> FindAsync(string family, string given, string? birthDate, AccessScope scope)
    {
        using JsonDocument document = JsonDocument.Parse(Json("x", family, given, birthDate));
        IReadOnlyList<string> keys = PatientMatch.KeysOf(PatientMatch.Read(document.RootElement));
        return [.. (await Store.Resources.FindPatientsAsync(keys, 500, scope, None)).Select(one => one.Id)];
    }
}
