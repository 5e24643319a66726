using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Dictionary;

/// <summary>A line of the data dictionary (PS3.6 §6).</summary>
/// <param name="Vr">The representation; the commoner one where the standard allows two.</param>
/// <param name="Multiplicity">As the standard writes it: <c>1</c>, <c>1-n</c>, <c>2-2n</c>.</param>
/// <param name="Keyword">Empty where the standard gives none.</param>
public sealed record DictionaryEntry(
    DicomTag Tag, DicomVr Vr, string Multiplicity, string Keyword, string Name, bool IsRetired);
