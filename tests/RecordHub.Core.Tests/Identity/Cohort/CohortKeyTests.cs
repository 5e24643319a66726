using NUnit.Framework;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Identity.Matching;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>Whom to compare is found by keys: nobody is certain, or ambiguous, who would not be if all were compared.</summary>
public sealed class CohortKeyTests
{
    [TestCase(11)]
    [TestCase(12)]
    public void Keys_give_the_decision_that_comparing_with_everybody_gives(int seed)
    {
        CohortSet set = CohortSet.Generate(seed, 150);
        CaseFile[] cases = [.. set.WithCase.Select(CohortSet.CaseOf)];
        ILookup<string, CaseFile> byKey = cases
            .SelectMany(file => BlockingKeys.Of(Person.Of(file.Patient, MatchWeights.BuiltIn)).Select(key => (key, file)))
            .ToLookup(pair => pair.key, pair => pair.file);
        int certain = 0;
        foreach (PatientClaim claim in set.Records.Select(record => record.Claim))
        {
            CaseFile[] found = [.. PatientMatch.KeysOf(claim).SelectMany(key => byKey[key]).DistinctBy(file => file.Number)];
            AssignmentDecision byScan = Assignment.Decide(claim, new AssignmentEvidence { Candidates = cases });
            AssignmentDecision byKeys = Assignment.Decide(claim, new AssignmentEvidence { Candidates = found });

            Assert.That(Text(byKeys), Is.EqualTo(Text(byScan)));
            certain += byScan is AssignmentDecision.File ? 1 : 0;
        }

        Assert.That(certain, Is.GreaterThan(100));
    }

    private static string Text(AssignmentDecision decision) => decision switch
    {
        AssignmentDecision.File file => $"{file.Because} {file.Case.Number}",
        AssignmentDecision.Hold hold => hold.Reason,
        _ => throw new InvalidOperationException(),
    };
}
