using RecordHub.Cli.Hub;

namespace RecordHub.Cli.Import;

/// <summary>Counts outcomes while several files are in hand.</summary>
internal sealed class ImportTally
{
    private readonly int[] _counts = new int[ImportOutcomes.All.Count];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private int _files;
    private int _alerts;
    private int _parts;

    /// <summary>How long the import has taken so far.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <summary>Files done so far.</summary>
    public int Files => Volatile.Read(ref _files);

    /// <summary>Records that were sent for a case and are somebody else's.</summary>
    public int Alerts => Volatile.Read(ref _alerts);

    /// <summary>Records whose file could not be read as a whole.</summary>
    public int Parts => Volatile.Read(ref _parts);

    /// <summary>Whether a person has to look at something.</summary>
    public bool NeedsAttention => Parts > 0 || Summary.Any(pair => pair.Value > 0 && ImportOutcomes.NeedsAttention(pair.Key));

    /// <summary>Every outcome with its count.</summary>
    public IReadOnlyDictionary<string, int> Summary => ImportOutcomes.All
        .Select((outcome, i) => (outcome, Count: Volatile.Read(ref _counts[i])))
        .ToDictionary(pair => pair.outcome, pair => pair.Count, StringComparer.Ordinal);

    public void Add(IEnumerable<ImportLine> lines)
    {
        foreach (ImportLine line in lines)
        {
            if (line.Alert is not null)
            {
                Interlocked.Increment(ref _alerts);
            }

            // What is here already asks nobody again.
            if (line.IsPart && line.Outcome != ImportOutcomes.Duplicate)
            {
                Interlocked.Increment(ref _parts);
            }

            for (int i = 0; i < _counts.Length; i++)
            {
                if (ImportOutcomes.All[i] == line.Outcome)
                {
                    Interlocked.Increment(ref _counts[i]);
                }
            }
        }

        Interlocked.Increment(ref _files);
    }
}
