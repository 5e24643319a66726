namespace RecordHub.Server.Pipeline;

/// <summary>What a failure of a step says about trying again.</summary>
internal enum FailureClass
{
    /// <summary>An engine is away or full: tried for ever, with growing pauses.</summary>
    Transient,

    /// <summary>It failed by itself, and will fail again: tried a few times.</summary>
    Poison,

    /// <summary>Somebody else was first: tried again at once.</summary>
    Conflict,
}
