using RecordHub.Core.Cases;

namespace RecordHub.Cli.Hub;

/// <summary>One file to take in.</summary>
internal sealed record ImportRequest
{
    /// <summary>Its bytes; read once.</summary>
    public required Stream Content { get; init; }

    /// <summary>Its path; may name a patient.</summary>
    public required string FileName { get; init; }

    /// <summary>The case it is for; none when it has to find its own.</summary>
    public CaseNumber Case { get; init; }

    /// <summary>The configured name of the site it is from; null when nobody said.</summary>
    public string? Site { get; init; }

    /// <summary>The item of the e-mail that it came in; null mostly.</summary>
    public string? Within { get; init; }

    /// <summary>Only say what would happen.</summary>
    public bool DryRun { get; init; }

    /// <inheritdoc />
    public override string ToString() => nameof(ImportRequest);
}
