namespace RecordHub.Core.Intake;

/// <summary>What some received bytes are, told from the bytes themselves.</summary>
public enum ContentKind
{
    /// <summary>Nothing that we can read.</summary>
    Unknown,

    /// <summary>A DICOM instance, with or without preamble and file meta information.</summary>
    DicomInstance,

    /// <summary>A DICOM media directory: not a record.</summary>
    DicomDirectory,

    /// <summary>A FHIR resource or bundle in JSON.</summary>
    FhirJson,

    /// <summary>A FHIR resource or bundle in XML.</summary>
    FhirXml,

    /// <summary>FHIR resources, one a line.</summary>
    FhirNdjson,

    /// <summary>A CDA document, C-CDA among them.</summary>
    Cda,

    /// <summary>HL7 version 2 messages.</summary>
    Hl7V2,

    /// <summary>PDF.</summary>
    Pdf,

    /// <summary>Word, Office Open XML.</summary>
    Docx,

    /// <summary>Rich Text Format.</summary>
    Rtf,

    /// <summary>HTML.</summary>
    Html,

    /// <summary>OpenDocument text.</summary>
    Odt,

    /// <summary>Word 97-2003.</summary>
    LegacyDoc,

    /// <summary>Plain text.</summary>
    PlainText,

    /// <summary>A picture in JPEG: a scanned or photographed page.</summary>
    Jpeg,

    /// <summary>A picture in PNG.</summary>
    Png,

    /// <summary>A picture in TIFF, which may have several pages.</summary>
    Tiff,

    /// <summary>An e-mail with what is attached to it.</summary>
    Mail,

    /// <summary>What may hold records and is not read here: its sender has to send it in another form.</summary>
    NotRead,

    /// <summary>A part of a viewer, a disc's autorun file, an empty file: named, and not a record.</summary>
    NotARecord,
}
