namespace RecordHub.Dicom.Deidentification;

/// <summary>What happens to an element (PS3.15 Table E.1-1a), compound actions resolved.</summary>
/// <remarks>
/// Where the standard leaves the choice to the IOD (X/Z, X/D, X/Z/D, Z/D, X/Z/U*), the last one is taken: it keeps the
/// object valid whatever the element's type is there, and tells no more than the first one would.
/// </remarks>
internal enum ConfidentialityAction
{
    /// <summary>K; a sequence's items follow the rules of their own.</summary>
    Keep = 0,

    /// <summary>X.</summary>
    Remove,

    /// <summary>Z.</summary>
    Empty,

    /// <summary>D.</summary>
    Dummy,

    /// <summary>U.</summary>
    MapUid,

    /// <summary>C.</summary>
    Clean,
}
