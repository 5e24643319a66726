namespace RecordHub.Core.Packages;

/// <summary>What somebody opened of a case.</summary>
public enum ReadingKind
{
    /// <summary>A package version as a whole.</summary>
    Package,

    /// <summary>FHIR resources and documents of the case.</summary>
    Records,

    /// <summary>Images of the case.</summary>
    Images,
}
