namespace RecordHub.Dicom.Files;

/// <summary>Why input was refused as a whole.</summary>
public enum FormatFailure
{
    NotDicom = 0,
    Empty,
    NestingTooDeep,
    InvalidJson,
    InvalidXml,
    TooLarge,
}
