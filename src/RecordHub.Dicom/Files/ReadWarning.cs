using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Files;

/// <summary>A tolerance that was needed, where, and at which element.</summary>
/// <param name="Offset">The byte of the input; of the inflated data set where that is deflated.</param>
public readonly record struct ReadWarning(ReadTolerance Tolerance, long Offset, DicomTag Tag);
