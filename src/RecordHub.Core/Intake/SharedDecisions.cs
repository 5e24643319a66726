using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Identity;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Intake;

/// <summary>
/// What was decided for records that are filed together: those that say the same of whose they are, sent to the same case,
/// are decided on once. Only for first filings, which rest on nothing that their item itself has said before.
/// </summary>
internal sealed class SharedDecisions : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<Said, AssignmentDecision> _decisions = new(SaidComparer.Instance);
    private readonly Dictionary<(CaseNumber Case, string Study), IReadOnlyDictionary<string, CaseNumber>> _moves = [];
    private readonly Dictionary<(CaseNumber Case, Tenant Tenant, string? Study), bool> _ofOthers = [];

    /// <summary>Runs what decides on an item when it is its turn: items are decided on one after the other.</summary>
    internal async Task TakeTurnAsync(Func<Task> decide, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await decide();
        }
        finally
        {
            _turn.Release();
        }
    }

    internal async Task<AssignmentDecision> DecideAsync(
        PatientRecord part, Source source, (bool Record, bool Study) amongOthers, Func<Task<AssignmentDecision>> decide)
    {
        Said said = new(part.Claim, source.Case, source.Tenant, amongOthers);
        if (!_decisions.TryGetValue(said, out AssignmentDecision? decision))
        {
            _decisions.Add(said, decision = await decide());
        }

        return decision;
    }

    /// <summary>Whether images of the study of an instance that names nobody are somebody's whom its case is not of, found once.</summary>
    internal async Task<bool> IsOfOthersAsync(PatientRecord part, Source source, Func<Task<bool>> find)
    {
        (CaseNumber, Tenant, string?) key = (source.Case, source.Tenant, part.Claim.NamesNobody ? part.Instance?.StudyInstanceUid : null);
        if (!_ofOthers.TryGetValue(key, out bool ofOthers))
        {
            _ofOthers.Add(key, ofOthers = await find());
        }

        return ofOthers;
    }

    /// <summary>Where series of a study were moved out of a case to, found once.</summary>
    internal async Task<IReadOnlyDictionary<string, CaseNumber>> MovesAsync(
        CaseNumber number, string study, Func<Task<IReadOnlyDictionary<string, CaseNumber>>> find)
    {
        if (!_moves.TryGetValue((number, study), out IReadOnlyDictionary<string, CaseNumber>? moves))
        {
            _moves.Add((number, study), moves = await find());
        }

        return moves;
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private readonly record struct Said(PatientClaim Claim, CaseNumber Case, Tenant Tenant, (bool Record, bool Study) AmongOthers);

    // The lists of a claim are compared by what is in them, and in which order: its explanation follows that.
    private sealed class SaidComparer : IEqualityComparer<Said>
    {
        internal static SaidComparer Instance { get; } = new();

        public bool Equals(Said x, Said y) =>
            x.Case == y.Case && x.Tenant == y.Tenant && x.AmongOthers == y.AmongOthers && Same(x.Claim, y.Claim);

        public int GetHashCode(Said obj)
        {
            HashCode hash = default;
            hash.Add(obj.Case);
            hash.Add(obj.Claim.BirthDate);
            foreach (PatientIdentifier identifier in obj.Claim.Identifiers)
            {
                hash.Add(identifier);
            }

            return hash.ToHashCode();
        }

        private static bool Same(PatientClaim x, PatientClaim y) =>
            x.BirthDate == y.BirthDate && (x.BirthDateReadings ?? []).SequenceEqual(y.BirthDateReadings ?? []) && x.Sex == y.Sex && x.ByReferenceOnly == y.ByReferenceOnly
            && x.Identifiers.SequenceEqual(y.Identifiers) && x.Names.SequenceEqual(y.Names)
            && x.Postcodes.SequenceEqual(y.Postcodes) && x.Phones.SequenceEqual(y.Phones);
    }
}
