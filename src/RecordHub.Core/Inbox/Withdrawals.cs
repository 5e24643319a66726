using RecordHub.Core.Access;
using RecordHub.Core.Cases;
using RecordHub.Core.Packages;

namespace RecordHub.Core.Inbox;

/// <summary>Finds out which published versions hold what has left a case, who opened them, and says so in the case.</summary>
public sealed class Withdrawals(CaseContentReader reader, IPackageStore packages, IReaderStore readers, TimeProvider time)
{
    /// <summary>Looks at a case before something leaves it; null when nothing was published of it.</summary>
    public async Task<CaseHoldings?> BeginAsync(CaseFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        return await packages.FindAsync(file.Number, null, AccessScope.All, cancellationToken) is null
            ? null : await reader.ReadHoldingsAsync(file, cancellationToken);
    }

    /// <summary>Remembers and tells what has left since; null when no published version holds any of it.</summary>
    public async Task<Withdrawal?> EndAsync(CaseHoldings? before, string by, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return null;
        }

        CaseHoldings after = await reader.ReadHoldingsAsync(before.File, cancellationToken);
        HashSet<string> lost = [.. before.LostUntil(after)];
        CaseNumber number = before.File.Number;
        int[] versions = lost.Count == 0 ? []
            : [.. (await packages.ListAsync(number, AccessScope.All, cancellationToken))
                .Where(version => version.Entries.Any(entry => lost.Contains(entry.Reference)))
                .Select(version => version.Version)];
        if (versions.Length == 0)
        {
            return null;
        }

        Withdrawal withdrawal = new()
        {
            Case = number,
            Versions = versions,
            References = [.. lost.Order(StringComparer.Ordinal)],
            By = by,
            At = time.GetUtcNow(),
            Readers = [.. (await readers.ListReadersAsync(number, cancellationToken))
                .Where(one => versions.Contains(one.Version))],
        };
        await readers.WithdrawAsync(withdrawal, WithdrawalNotice.Of(before.File, withdrawal), cancellationToken);
        return withdrawal;
    }

    /// <summary>Who opened the versions of a case.</summary>
    public Task<IReadOnlyList<PackageReader>> ReadersAsync(CaseNumber number, CancellationToken cancellationToken) =>
        readers.ListReadersAsync(number, cancellationToken);
}
