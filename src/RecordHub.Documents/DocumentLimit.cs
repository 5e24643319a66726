namespace RecordHub.Documents;

/// <summary>Which limit of <see cref="DocumentLimits"/> a document ran into.</summary>
public enum DocumentLimit
{
    /// <summary><see cref="DocumentLimits.MaxContentBytes"/> or <see cref="DocumentLimits.MaxMarkupBytes"/>.</summary>
    ContentBytes,

    /// <summary><see cref="DocumentLimits.MaxEntries"/>.</summary>
    ContainerEntries,

    /// <summary><see cref="DocumentLimits.MaxEntryBytes"/> or <see cref="DocumentLimits.MaxInflatedBytes"/>.</summary>
    InflatedBytes,

    /// <summary><see cref="DocumentLimits.MaxInflationRatio"/>.</summary>
    InflationRatio,

    /// <summary><see cref="DocumentLimits.MaxXmlDepth"/> or <see cref="DocumentLimits.MaxNesting"/>.</summary>
    Nesting,

    /// <summary><see cref="DocumentLimits.MaxXmlNodes"/>.</summary>
    XmlNodes,

    /// <summary><see cref="DocumentLimits.MaxSegments"/>.</summary>
    Segments,

    /// <summary><see cref="DocumentLimits.MaxMessages"/>.</summary>
    Messages,

    /// <summary><see cref="DocumentLimits.MaxDuration"/>.</summary>
    Duration,
}
