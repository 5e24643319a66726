namespace RecordHub.Dicom.Deidentification;

/// <summary>Why an instance cannot be de-identified.</summary>
public enum DeidentificationRefusal
{
    /// <summary>It says that text is burned into its pixels (0028,0301), and Clean Pixel Data was not asked for.</summary>
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

    /// <summary>Text is burned in, or usual in images of its kind, and nobody says where.</summary>
    NoRegionGiven,

    /// <summary>None of the regions to be blanked has a pixel of it.</summary>
    RegionsOutsideImage,

    /// <summary>Pixels are to be blanked that are compressed in a way that is not decoded here.</summary>
    PixelsCompressed,

    /// <summary>Pixels are to be blanked that are laid out in a way that is not known here.</summary>
    PixelsNotUnderstood,

    /// <summary>Pixels are to be blanked, and there are more of them inside a sequence.</summary>
    PixelsInSequence,

    /// <summary>Compressed pixels that are to be blanked are damaged.</summary>
    PixelsDamaged,
}
