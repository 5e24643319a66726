using System.Globalization;
using NUnit.Framework;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>
/// Nobody's record is filed into another's case without a person. Two small seeds here; tests/cohort.sh runs more and writes the
/// table of docs/identity.md.
/// </summary>
public sealed class CohortTests
{
    // Nothing in these says whose they are.
    private static readonly CohortClass[] s_nameless = [CohortClass.Placeholder, CohortClass.Anonymised];

    // These come without an identifier that is known.
    private static readonly CohortClass[] s_withoutIdentifier = [.. s_nameless, CohortClass.IssuerMissing];

    [Test]
    public void No_record_is_filed_into_another_persons_case_without_a_person()
    {
        SortedDictionary<CohortClass, CohortTally> tallies = [];
        foreach (int seed in Enumerable.Range(1, Setting("RECORDHUB_COHORT_SEEDS", 2)))
        {
            CohortRun run = CohortRun.Over(seed, Setting("RECORDHUB_COHORT_PEOPLE", 1000));
            Assert.That(run.Pairs, Is.GreaterThanOrEqualTo(20_000));
            foreach ((CohortClass kind, CohortTally tally) in run.Tallies)
            {
                if (!tallies.TryAdd(kind, tally))
                {
                    tallies[kind].Add(tally);
                }
            }

            TestContext.Out.WriteLine($"seed {seed}: {run.Pairs} pairs");
        }

        string table = CohortTable.Write(tallies);
        TestContext.Out.WriteLine(table);
        if (IdentityDocument.IsWritten)
        {
            IdentityDocument.Write("cohort", table);
        }

        Assert.That(tallies.Keys, Is.EquivalentTo(Enum.GetValues<CohortClass>()), "each class occurs");
        Assert.That(tallies.Where(pair => pair.Value.FalseLinks > 0).Select(pair => pair.Key), Is.Empty);
        Assert.That(Recall(tallies, CohortRoute.Identifier, s_withoutIdentifier), Is.GreaterThanOrEqualTo(0.97));
        Assert.That(Recall(tallies, CohortRoute.Named, s_nameless), Is.GreaterThanOrEqualTo(0.85));
        Assert.That(Recall(tallies, CohortRoute.NameAndBirthDate, s_nameless), Is.GreaterThanOrEqualTo(0.4));
    }

    private static double Recall(
        SortedDictionary<CohortClass, CohortTally> tallies, CohortRoute route, CohortClass[] without)
    {
        CohortTally[] counted = [.. tallies.Where(pair => !without.Contains(pair.Key)).Select(pair => pair.Value)];
        return (double)counted.Sum(tally => tally.Found[route]) / counted.Sum(tally => tally.Own);
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value)
            ? Math.Clamp(value, 1, 10_000) : otherwise;
}
