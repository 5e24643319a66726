using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Inbox;
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Stores;

/// <content>Who read what, and which series people moved.</content>
internal sealed partial class MemoryStore : IReaderStore
{
    private readonly List<PackageReading> _readings = [];
    private readonly List<Withdrawal> _withdrawals = [];
    private readonly Dictionary<(CaseNumber From, string Study, string Series), CaseNumber> _moves = [];

    public Task NoteAsync(IReadOnlyCollection<PackageReading> readings, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _readings.AddRange(readings);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<PackageReader>> ListReadersAsync(CaseNumber number, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<PackageReader>>([.. _readings
                .Where(one => one.Case == number && one.Version is not null)
                .Select(one => new PackageReader(
                    one.Version!.Value, one.Name, one.Role, one.Kind, one.At, one.At,
                    _withdrawals.Find(other => other.Case == number && other.Versions.Contains(one.Version.Value))?.At))]);
        }
    }

    public Task WithdrawAsync(Withdrawal withdrawal, StoredResource notice, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _withdrawals.Add(withdrawal);
            Save([notice]);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<HeldRecord>> ListStudyRecordsAsync(
        string studyInstanceUid, AccessScope scope, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<HeldRecord>>([.. _filings.Values.SelectMany(one => one.Records)
                .Where(one => one.StudyInstanceUid == studyInstanceUid && Sees(scope, one)).Select(Current)]);
        }
    }

    public Task RememberMoveAsync(SeriesMove move, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (string series in move.Series)
            {
                _moves.Remove((move.To, move.StudyInstanceUid, series));
                _moves[(move.From, move.StudyInstanceUid, series)] = move.To;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, CaseNumber>> FindMovesAsync(
        CaseNumber from, string studyInstanceUid, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<string, CaseNumber>>(
                _moves.Where(move => move.Key.From == from && move.Key.Study == studyInstanceUid)
                    .ToDictionary(move => move.Key.Series, move => move.Value));
        }
    }

    public Task ForgetMovesAsync(string studyInstanceUid, CaseNumber to, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (var key in _moves.Where(one => one.Key.Study == studyInstanceUid && one.Value == to).Select(one => one.Key).ToList())
            {
                _moves.Remove(key);
            }
        }

        return Task.CompletedTask;
    }
}
