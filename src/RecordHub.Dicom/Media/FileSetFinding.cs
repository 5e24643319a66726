namespace RecordHub.Dicom.Media;

/// <summary>How a file and the DICOMDIR of its medium contradict each other.</summary>
public enum FileSetFinding
{
    /// <summary>The file is there and the DICOMDIR does not name it.</summary>
    NotInDicomdir = 0,

    /// <summary>Its SOP Class, SOP Instance or transfer syntax is another one than the DICOMDIR says.</summary>
    DisagreesWithDicomdir,

    /// <summary>It is listed below another patient than its own header names.</summary>
    OfAnotherPatientInDicomdir,
}
