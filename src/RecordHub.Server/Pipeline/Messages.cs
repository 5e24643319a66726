namespace RecordHub.Server.Pipeline;

/// <summary>Items are to be filed, together where that is possible. Keys only: a message says nothing of a patient.</summary>
public sealed record FileItems
{
    /// <summary>The items, oldest first.</summary>
    public required IReadOnlyList<FileItem> Items { get; init; }
}

/// <summary>One of the items.</summary>
public sealed record FileItem
{
    /// <summary>The item's id.</summary>
    public required string Item { get; init; }

    /// <summary>The outbox row's generation.</summary>
    public required long Generation { get; init; }

    /// <summary>How often it failed by itself.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it was put off because an engine was away.</summary>
    public int Setbacks { get; init; }

    /// <summary>The W3C traceparent of what brought it; null when nobody follows it.</summary>
    public string? Trace { get; init; }
}

/// <summary>A study's ImagingStudy is to be rebuilt: which one, says the outbox row. Its key would name the study.</summary>
public sealed record RebuildStudy
{
    /// <summary>The outbox row's number; 0, which is none, in a message from before there were numbers in them.</summary>
    public long Entry { get; init; }

    /// <summary>The W3C traceparent of what asked for it; null when nobody follows it.</summary>
    public string? Trace { get; init; }
}
