namespace RecordHub.Documents.Reading;

/// <summary>What the reading of one document may still cost, and the warnings it gathers.</summary>
internal sealed class ReadContext(DocumentLimits limits, CancellationToken stop)
{
    private const int MaxWarnings = 200;
    private readonly List<DocumentWarning> _warnings = [];

    public DocumentLimits Limits { get; } = limits;

    /// <summary>The caller's token and the time limit in one.</summary>
    public CancellationToken Stop { get; } = stop;

    public void Check() => Stop.ThrowIfCancellationRequested();

    /// <summary>Each pair of name and detail is kept once.</summary>
    public void Warn(string name, string detail)
    {
        DocumentWarning warning = new(name, detail);
        if (_warnings.Count < MaxWarnings && !_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }

    /// <summary>The warnings since the last call.</summary>
    public IReadOnlyList<DocumentWarning> TakeWarnings()
    {
        DocumentWarning[] taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }
}
