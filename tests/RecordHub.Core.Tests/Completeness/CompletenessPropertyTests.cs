using NUnit.Framework;
using RecordHub.Core.Completeness;
using static RecordHub.Core.Tests.Completeness.Study;

namespace RecordHub.Core.Tests.Completeness;

/// <summary>What holds for every study: here for many that are made up, from numbers that are the same each time.</summary>
public sealed class CompletenessPropertyTests
{
    private const int Studies = 2_000;

    [Test]
    public void The_order_of_arrival_does_not_matter()
    {
        Random random = new(1);
        for (int i = 0; i < Studies; i++)
        {
            StudyEvidence study = AnyStudy(random);
            InstanceEvidence[] shuffled = [.. study.Instances];
            random.Shuffle(shuffled);

            StudyEvidence again = study with { Instances = shuffled };
            Assert.That((again.State(), again.Words()), Is.EqualTo((study.State(), study.Words())));
        }
    }

    [Test]
    public void Taking_an_instance_from_a_partial_study_never_makes_it_complete()
    {
        Random random = new(2);
        int partial = 0;
        for (int i = 0; i < Studies; i++)
        {
            StudyEvidence study = AnyStudy(random);
            if (study.State() != CompletenessState.Partial)
            {
                continue;
            }

            partial++;
            // Where a series loses its last instance, what its header said is gone too.
            foreach (InstanceEvidence taken in study.Instances.Where(
                one => study.Instances.Count(other => other.Series == one.Series) > 1))
            {
                StudyEvidence less = study with { Instances = [.. study.Instances.Where(one => one != taken)] };
                Assert.That(less.State(), Is.Not.EqualTo(CompletenessState.Complete), $"{study.Words()}\n{less.Words()}");
            }
        }

        Assert.That(partial, Is.GreaterThan(100));
    }

    [Test]
    public void Without_one_instance_a_counted_study_is_partial_and_with_it_complete()
    {
        Random random = new(3);
        for (int i = 0; i < Studies; i++)
        {
            InstanceEvidence[] all = [.. Enumerable.Range(1, random.Next(1, 4)).SelectMany(number =>
            {
                int count = random.Next(2, 12);
                return Series(number, Enumerable.Range(random.Next(-2, 500), count)).Stating(count);
            })];
            InstanceEvidence missing = all[random.Next(all.Length)];
            StudyEvidence less = Of([.. all.Where(one => one != missing)]);

            Assert.That(less.State(), Is.EqualTo(CompletenessState.Partial));
            Assert.That(less.Words(), Does.Contain(less.NameOf(missing.Series)));
            Assert.That((less with { Instances = [.. less.Instances, missing] }).State(), Is.EqualTo(CompletenessState.Complete));
        }
    }

    // Headers of one sender: every instance says the same of its series and its study.
    private static StudyEvidence AnyStudy(Random random)
    {
        int? study = random.Next(3) == 0 ? random.Next(1, 30) : null;
        InstanceEvidence[] all = [.. Enumerable.Range(1, random.Next(1, 4)).SelectMany(number =>
        {
            int count = random.Next(1, 12);
            int? stated = random.Next(2) == 0 ? count + random.Next(0, 3) : null;
            return Series(number, Enumerable.Range(1, count + 2).Where(_ => random.Next(8) != 0).Take(count))
                .Select(one => one with { SeriesInstances = stated, StudyInstances = study });
        })];
        SenderList list = new()
        {
            Carrier = "a list",
            IsWhole = random.Next(2) == 0,
            Named = random.Next(3) == 0
                ? [.. all.Where(_ => random.Next(9) != 0).Select(one => (one.Series, one.Sop)), ("2.25.1", $"2.25.{random.Next(9)}")]
                : [],
            Instances = random.Next(3) == 0 ? random.Next(1, 30) : null,
        };
        return new StudyEvidence { Instances = all, Lists = random.Next(2) == 0 ? [list] : [] };
    }
}
