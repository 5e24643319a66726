using RecordHub.Core.Cases;
using RecordHub.Core.Identity;

namespace RecordHub.Core.Tests.Identity.Cohort;

/// <summary>Decides each record of a cohort on each route, as filing does, and counts what becomes of it.</summary>
internal sealed class CohortRun
{
    private readonly Dictionary<int, CaseFile> _cases;
    private readonly ILookup<string, CaseFile> _byDate;
    private readonly ILookup<PatientIdentifier, CaseFile> _byIdentifier;

    private CohortRun(CohortSet set)
    {
        _cases = set.WithCase.ToDictionary(person => person.Number, CohortSet.CaseOf);
        _byDate = _cases.Values.SelectMany(file => Keys(file.Patient.BirthDate).Select(key => (key, file)))
            .ToLookup(pair => pair.key, pair => pair.file);
        _byIdentifier = _cases.Values.ToLookup(file => file.Patient.Identifiers[0]);
    }

    internal SortedDictionary<CohortClass, CohortTally> Tallies { get; } = [];

    /// <summary>How many pairs of a record and a known patient were compared.</summary>
    internal int Pairs { get; private set; }

    internal static CohortRun Over(int seed, int people)
    {
        CohortSet set = CohortSet.Generate(seed, people);
        CohortRun run = new(set);
        foreach (CohortRecord record in set.Records)
        {
            CohortTally tally = run.TallyOf(record.Class);
            tally.Own += record.IsOwn ? 1 : 0;
            tally.Others += record.IsOwn ? 0 : 1;
            foreach (CohortRoute route in Enum.GetValues<CohortRoute>())
            {
                run.Count(record, route, tally);
            }
        }

        return run;
    }

    internal CohortTally TallyOf(CohortClass kind)
    {
        if (!Tallies.TryGetValue(kind, out CohortTally? tally))
        {
            Tallies[kind] = tally = new CohortTally();
        }

        return tally;
    }

    private void Count(CohortRecord record, CohortRoute route, CohortTally tally)
    {
        tally.Decisions++;
        if (Decide(record, route) is not AssignmentDecision.File file)
        {
            tally.Held++;
        }
        else if (file.Case.Number.Value != record.Whose.Number + 1)
        {
            tally.FalseLinks++;
        }
        else if (record.IsOwn)
        {
            tally.Found[route]++;
        }
    }

    private AssignmentDecision Decide(CohortRecord record, CohortRoute route)
    {
        // What is somebody else's comes with the number by which it could be taken for the patient's.
        bool bare = record.IsOwn && route != CohortRoute.Identifier && record.Identifier.Issuer.Length > 0;
        PatientClaim claim = bare ? record.Claim : record.Claim with { Identifiers = [record.Identifier] };
        CaseFile takenFor = _cases[record.TakenFor.Number];
        CaseFile[] linked = [.. Identifiers.Issued(claim.Identifiers).SelectMany(one => _byIdentifier[one])];
        CaseFile[] candidates = [.. (claim.BirthDate is { } date ? Keys(date) : []).SelectMany(key => _byDate[key]).Append(takenFor)
            .DistinctBy(file => file.Number)];
        Pairs += candidates.Length;
        return Assignment.Decide(claim, new AssignmentEvidence
        {
            NamedNumber = route == CohortRoute.Named ? takenFor.Number : default,
            Named = route == CohortRoute.Named ? takenFor : null,
            Linked = linked,
            Candidates = candidates,
        });
    }

    // Dates that differ in one component, or in the order of day and month, share one of these.
    private static IEnumerable<string> Keys(PartialDate date) =>
    [
        $"{date.Year}-{date.Month}-", $"{date.Year}--{date.Day}", $"-{date.Month}-{date.Day}",
        $"{date.Year}/{Math.Min(date.Month, date.Day)}/{Math.Max(date.Month, date.Day)}",
    ];
}
