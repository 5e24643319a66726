namespace RecordHub.Core.Intake;

/// <summary>The entrance through which an item came. Every one of them calls <see cref="Intake"/>.</summary>
public enum Door
{
    /// <summary>A DICOM C-STORE.</summary>
    CStore,

    /// <summary>A DICOMweb STOW-RS request.</summary>
    Stow,

    /// <summary>A FHIR create, batch or transaction.</summary>
    Fhir,

    /// <summary>The importer: files, folders, discs, archives.</summary>
    Import,

    /// <summary>The upload link of a case.</summary>
    Upload,

    /// <summary>RecordHub fetched it from a site.</summary>
    Pull,
}
