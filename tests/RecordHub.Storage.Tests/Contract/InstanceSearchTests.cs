using System.Globalization;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Normalization;
using RecordHub.Core.Resources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>Searches among instances that come, change and go find what a walk through all of them finds, in the same order.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed class InstanceSearchTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private const int Rounds = 6;
    private const int Written = 60;
    private const int Searches = 60;

    private static readonly string[] s_days = ["20000101", "20000630", "20011231"];
    private static readonly string?[] s_modalities = ["CT", "MR", "SR", null];

    private static readonly (string Keyword, string Value, Func<StoredInstance, bool> Is)[] s_keys =
    [
        ("StudyDate", "20000101-20001231", one => one.Facts.StudyDate is { } date && date.StartsWith("2000", StringComparison.Ordinal)),
        ("StudyDate", "2001", one => one.Facts.StudyDate?[..4] == "2001"),
        ("Modality", "CT\\SR", one => one.Facts.Modality is "CT" or "SR"),
        ("PatientID", "N*", one => one.Facts.PatientId?[0] == 'N'),
        ("PatientName", "must*", one => one.Facts.PatientName == "Muster^Änne"),
        ("StudyDescription", "*SKULL*", one => one.Facts.StudyDescription == "Skull, plain"),
        ("SeriesNumber", "2", one => one.Facts.SeriesNumber == 2),
        ("InstanceNumber", "1", one => one.Facts.InstanceNumber == 1),
        ("Title", "report", one => one.Facts.Title == "Report"),
        ("AccessionNumber", "*", _ => true),
    ];

    private readonly Dictionary<(long, string, string, string), StoredInstance> _all = [];
    private readonly List<(long, string, string, string)> _order = [];

    [SetUp]
    public void Forget()
    {
        _all.Clear();
        _order.Clear();
    }

    [Test]
    public async Task What_is_found_is_what_a_walk_through_all_instances_finds([Values(1, 2)] int seed)
    {
        Random random = new(seed);
        await Store.Cases.CreateAsync(Make.Case(1), [], None);
        await Store.Cases.CreateAsync(Make.Case(2, "p2"), [], None);
        await using Database database = Store.Connect();
        int found = 0;
        for (int round = 0; round < Rounds; round++)
        {
            await database.WriteAsync(session => ChangeAsync(session, random), None);
            for (int search = 0; search < Searches; search++)
            {
                InstanceQuery query = Any(random);
                string[] got = [.. (await Store.Instances.QueryAsync(query, None)).Select(match => Said(query, match))];
                Assert.That(got, Is.EqualTo(Expected(query)), $"{query.Level}, {string.Join(' ', query.Matches)}, {query.AcrossCases}");
                found += got.Length;
            }
        }

        Assert.That(found, Is.GreaterThan(Rounds * Searches), "most searches must find something, or nothing is compared");
    }

    private static T OneOf<T>(Random random, params T[] all) => all[random.Next(all.Length)];

    private ValueTask<bool> ChangeAsync(Session session, Random random)
    {
        for (int i = 0; i < Written; i++)
        {
            if (_order.Count > 0 && random.Next(3) == 0)
            {
                (long, string, string, string) gone = OneOf(random, [.. _order]);
                InstanceWrite.Delete(session, InstanceWrite.KeyOf(_all[gone]));
                _all.Remove(gone);
                _order.Remove(gone);
                continue;
            }

            StoredInstance made = Some(random);
            InstanceWrite.Save(session, InstanceWrite.ValuesOf(made, new SharedWriting()));
            (long, string, string, string) key = KeyOf(made);
            if (!_all.ContainsKey(key))
            {
                _order.Add(key);
            }

            _all[key] = made;
        }

        return ValueTask.FromResult(true);
    }

    // What is written again has other facts, as if another version had read it.
    private static StoredInstance Some(Random random)
    {
        string study = $"1.{random.Next(5)}";
        string series = $"{study}.{random.Next(2)}";
        StoredInstance made = Make.Instance(study, series, $"{series}.{random.Next(4)}", random.Next(1, 3), facts => facts with
        {
            StudyDate = random.Next(4) == 0 ? OneOf(random, s_days) : s_days[int.Parse(study[2..], CultureInfo.InvariantCulture) % 3],
            Modality = OneOf(random, s_modalities),
            PatientId = OneOf(random, "N1", "M1", null),
            PatientName = OneOf(random, "Muster^Änne", "Other", null),
            StudyDescription = OneOf(random, "Skull, plain", null),
            SeriesNumber = OneOf<int?>(random, 1, 2, null),
            InstanceNumber = OneOf<int?>(random, 1, 2, null),
            Title = OneOf(random, "Report", null),
        });
        return made with { PatientId = OneOf(random, "p1", "p2") };
    }

    private static InstanceQuery Any(Random random)
    {
        bool across = random.Next(2) == 0;
        InstanceLevel level = OneOf(random, InstanceLevel.Study, InstanceLevel.Study, InstanceLevel.Series, InstanceLevel.Instance, InstanceLevel.Patient);
        AccessScope scope = OneOf(
            random, AccessScope.All, AccessScope.All, AccessScope.Of(Tenant.Default), AccessScope.All with { Cases = [new CaseNumber(2)] });
        List<KeyValuePair<string, string>> matches =
        [
            .. s_keys.Where(_ => random.Next(6) == 0).DistinctBy(key => key.Keyword)
                .Select(key => new KeyValuePair<string, string>(key.Keyword, key.Value)),
        ];
        if (random.Next(4) == 0)
        {
            matches.Add(new("ModalitiesInStudy", "MR"));
        }

        return new InstanceQuery
        {
            Level = level,
            Scope = scope,
            AcrossCases = across || level == InstanceLevel.Patient,
            CountsInstances = random.Next(3) > 0,
            Matches = matches,
            Offset = random.Next(4) == 0 ? random.Next(6) : 0,
            Limit = OneOf(random, 2, 100),
        };
    }

    private string[] Expected(InstanceQuery query)
    {
        StoredInstance[] seen = [.. _order.Select(key => _all[key]).Where(one => query.Scope.Cases?.Contains(one.Case) != false)];
        IEnumerable<IGrouping<string, StoredInstance>> groups = seen
            .Where(one => query.Level != InstanceLevel.Patient || one.Facts.PatientId is not null)
            .GroupBy(one => GroupOf(query, one), StringComparer.Ordinal)
            .Where(group => group.Any(one => query.Matches.All(match => Meets(query, match, one, seen))))
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        return [.. groups.Skip(query.Offset).Take(query.Limit + 1).Select(group => Said(query, Match(query, [.. group])))];
    }

    private static bool Meets(InstanceQuery query, KeyValuePair<string, string> match, StoredInstance one, StoredInstance[] seen) =>
        match.Key == "ModalitiesInStudy"
            ? seen.Any(other => other.Facts.StudyInstanceUid == one.Facts.StudyInstanceUid
                && (query.AcrossCases || other.Case == one.Case) && other.Facts.Modality == match.Value)
            : s_keys.First(key => key.Keyword == match.Key && key.Value == match.Value).Is(one);

    private static string GroupOf(InstanceQuery query, StoredInstance one)
    {
        string[] parts =
        [
            query.AcrossCases ? "" : one.Case.ToString(), one.Facts.StudyInstanceUid, one.Facts.SeriesInstanceUid,
            one.Facts.SopInstanceUid,
        ];
        return query.Level switch
        {
            InstanceLevel.Patient => $"{one.PatientId} {one.Facts.PatientId}",
            InstanceLevel.Study => string.Join(' ', parts[..2]),
            InstanceLevel.Series => string.Join(' ', parts[..3]),
            _ => string.Join(' ', parts),
        };
    }

    private static InstanceMatch Match(InstanceQuery query, StoredInstance[] group)
    {
        int Different(Func<InstanceFacts, string?> of) => group.Select(one => of(one.Facts)).Distinct().Count();
        return new InstanceMatch
        {
            Sample = First(query, group),
            NumberOfStudies = Different(facts => facts.StudyInstanceUid),
            NumberOfSeries = Different(facts => facts.SeriesInstanceUid),
            NumberOfInstances = IsCounted(query) ? Different(facts => facts.SopInstanceUid) : 0,
            ModalitiesInStudy = [.. group.Select(one => one.Facts.Modality).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
        };
    }

    private static bool IsCounted(InstanceQuery query) =>
        query.CountsInstances || !query.AcrossCases || query.Level == InstanceLevel.Instance;

    private static StoredInstance First(InstanceQuery query, StoredInstance[] group)
    {
        if (query is { AcrossCases: true, Level: InstanceLevel.Instance })
        {
            return group[0];
        }

        IOrderedEnumerable<StoredInstance> order = query.AcrossCases
            ? group.OrderBy(one => one.Case.Value).ThenBy(one => one.Facts.StudyInstanceUid, StringComparer.Ordinal)
                .ThenBy(one => one.Facts.SeriesInstanceUid, StringComparer.Ordinal)
            : group.Order(Comparer<StoredInstance>.Create((_, _) => 0));
        return order.ThenBy(one => one.Facts.SopInstanceUid, StringComparer.Ordinal).First();
    }

    private static string Said(InstanceQuery query, InstanceMatch match) => string.Join(
        ' ', match.Sample.Case, match.Sample.Facts.SopInstanceUid, match.NumberOfInstances,
        query.Level is InstanceLevel.Patient or InstanceLevel.Study
            ? $"{match.NumberOfSeries} {string.Join('+', match.ModalitiesInStudy)}" : "",
        query.Level == InstanceLevel.Patient ? match.NumberOfStudies : 0);

    private static (long, string, string, string) KeyOf(StoredInstance one) =>
        (one.Case.Value, one.Facts.StudyInstanceUid, one.Facts.SeriesInstanceUid, one.Facts.SopInstanceUid);
}
