using System.Text.RegularExpressions;
using NUnit.Framework;
using RecordHub.Core.Access;
using RecordHub.Core.Resources;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Contract;

/// <summary>What a version filed that kept no rows of series is found as before, and goes with its instance.</summary>
[TestFixture(typeof(SqliteHarness))]
[TestFixture(typeof(PostgresHarness))]
public sealed partial class SeriesUpgradeTests<THarness> : StoreContract<THarness>
    where THarness : StoreHarness, new()
{
    private static bool IsSqlite => typeof(THarness) == typeof(SqliteHarness);

    private static string[] Before => IsSqlite
        ? ["DROP TRIGGER series_added", "DROP TRIGGER series_changed", "DROP TRIGGER series_removed", "DROP TABLE series"]
        : ["DROP FUNCTION series_add CASCADE", "DROP FUNCTION series_remove CASCADE", "DROP TABLE series"];

    [Test]
    public async Task All_that_was_filed_is_found()
    {
        StoredInstance first = Make.Instance("1.1", "1.1.1", "1.1.1.1");
        StoredInstance second = Make.Instance("1.1", "1.1.1", "1.1.1.2", with: facts => facts with { StudyDate = null });
        await using Database database = Store.Connect();
        await database.WriteAsync(session => RunAsync(session, Before), None);
        await database.WriteAsync(session => SaveAsync(session, first, second), None);

        await database.WriteAsync(session => RunAsync(session, Script()), None);

        Assert.That(await FindAsync("StudyDate", "2026"), Has.Count.EqualTo(1));
        Assert.That(await FindAsync("Modality", "CT"), Has.Count.EqualTo(1));
        await database.WriteAsync(session => DeleteAsync(session, first), None);
        Assert.That(await FindAsync("StudyDate", "2026"), Is.Empty);
        Assert.That(await FindAsync("Modality", "CT"), Has.Count.EqualTo(1));
    }

    private Task<IReadOnlyList<InstanceMatch>> FindAsync(string keyword, string value) => Store.Instances.QueryAsync(
        new InstanceQuery { Level = InstanceLevel.Study, Scope = AccessScope.All, Limit = 10, Matches = [new(keyword, value)] }, None);

    private static string[] Script()
    {
        string name = IsSqlite ? "RecordHub.Storage.0019-series.sql" : "RecordHub.Postgres.0017-series.sql";
        using StreamReader reader = new(typeof(Database).Assembly.GetManifestResourceStream(name)!);
        return BetweenStatements().Split(reader.ReadToEnd().ReplaceLineEndings("\n"));
    }

    // Those within a trigger are indented.
    [GeneratedRegex(@";\n+(?=CREATE|INSERT|$)")]
    private static partial Regex BetweenStatements();

    private static ValueTask<bool> RunAsync(Session session, string[] statements)
    {
        foreach (string statement in statements.Where(one => one.Length > 0))
        {
            session.Write(statement);
        }

        return ValueTask.FromResult(true);
    }

    private static ValueTask<bool> SaveAsync(Session session, params StoredInstance[] instances)
    {
        foreach (StoredInstance instance in instances)
        {
            InstanceWrite.Save(session, InstanceWrite.ValuesOf(instance, new SharedWriting()));
        }

        return ValueTask.FromResult(true);
    }

    private static ValueTask<bool> DeleteAsync(Session session, StoredInstance instance)
    {
        InstanceWrite.Delete(session, InstanceWrite.KeyOf(instance));
        return ValueTask.FromResult(true);
    }
}
