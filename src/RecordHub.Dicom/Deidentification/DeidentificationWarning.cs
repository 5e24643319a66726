namespace RecordHub.Dicom.Deidentification;

/// <summary>What a person still has to look at.</summary>
public enum DeidentificationWarning
{
    /// <summary>Nobody says that the pixels hold no text, and they were not looked at.</summary>
    PixelsNotExamined = 0,

    /// <summary>It says that text is burned into its pixels, and was taken anyway.</summary>
    BurnedInAnnotationKept,

    /// <summary>It says that a face can be recognised (0028,0302).</summary>
    RecognizableVisualFeatures,

    /// <summary>The content of the document was replaced by an empty one.</summary>
    DocumentReplaced,
}
