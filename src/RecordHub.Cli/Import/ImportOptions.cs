using RecordHub.Core.Cases;

namespace RecordHub.Cli.Import;

/// <summary>How an import was asked for.</summary>
internal sealed record ImportOptions
{
    /// <summary>The case that everything is for; none when each record has to find its own.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>The site that everything is from; null when nobody said.</summary>
    public string? Site { get; init; }

    /// <summary>Only say what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>Go into folders inside folders.</summary>
    public bool Recursive { get; init; }

    /// <summary>Files that are read at a time; each waits for its receipt to be durable most of the time.</summary>
    public int Parallel { get; init; } = Math.Clamp(Environment.ProcessorCount * 8, 16, 64);

    /// <summary>Files whose content has been read, and that wait for what becomes of them: they are filed together.</summary>
    public int Ahead { get; init; } = 256;
}
