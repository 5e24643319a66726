using RecordHub.Core.Cases;

namespace RecordHub.Core.Packages;

/// <summary>What published versions hold and is no longer in the case, and who opened them.</summary>
public sealed record Withdrawal
{
    /// <summary>The case.</summary>
    public required CaseNumber Case { get; init; }

    /// <summary>The versions that hold it, ascending.</summary>
    public required IReadOnlyList<int> Versions { get; init; }

    /// <summary><c>Type/id</c> of what left the case; of a study also when only some of its images left.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Who took it out: a token's name.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What readers are told; it says nothing of the records.</summary>
    public string Notice => WithdrawalNotice.TextOf(this);

    /// <summary>Who opened one of these versions, or the case while one of them was current.</summary>
    public IReadOnlyList<PackageReader> Readers { get; init; } = [];
}
