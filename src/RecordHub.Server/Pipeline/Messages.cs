namespace RecordHub.Server.Pipeline;

/// <summary>An item is to be filed. Keys only: a message says nothing of a patient.</summary>
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
}

/// <summary>A study's ImagingStudy is to be rebuilt.</summary>
public sealed record RebuildStudy
{
    /// <summary>The outbox row's key: case number, a blank, Study Instance UID.</summary>
    public required string Key { get; init; }

    /// <summary>The outbox row's generation.</summary>
    public required long Generation { get; init; }

    /// <summary>How often it failed by itself.</summary>
    public int Attempts { get; init; }

    /// <summary>How often it was put off because an engine was away.</summary>
    public int Setbacks { get; init; }
}
