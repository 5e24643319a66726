namespace RecordHub.Samples;

/// <summary>The entrance by which the demonstration sends a file.</summary>
public enum SampleDoor
{
    /// <summary>A C-STORE association.</summary>
    CStore,

    /// <summary>STOW-RS.</summary>
    Stow,

    /// <summary>A FHIR transaction.</summary>
    Fhir,

    /// <summary>The importer.</summary>
    Import,
}
