namespace RecordHub.Dicom.Deidentification;

/// <summary>Why an instance cannot be de-identified.</summary>
public enum DeidentificationRefusal
{
    /// <summary>It says that text is burned into its pixels (0028,0301), which nothing here can take out.</summary>
    BurnedInAnnotation = 0,

    /// <summary>An overlay is in unused bits of the pixels (60xx,0102), which are not changed here.</summary>
    OverlayInPixelData,

    /// <summary>It is a document (PDF, CDA, a model), whose content cannot be cleaned.</summary>
    EncapsulatedDocument,

    /// <summary>It ends too early, so that what follows was not understood.</summary>
    Incomplete,

    /// <summary>Its header is larger than what is kept in memory.</summary>
    HeaderTooLarge,

    /// <summary>It is a DICOMDIR, which is not changed but written anew.</summary>
    MediaDirectory,

    /// <summary>It has no SOP Class or SOP Instance UID.</summary>
    NoInstance,
}
