namespace RecordHub.Dicom.Pixels;

/// <summary>Columns of a row, the last one not among them.</summary>
internal readonly record struct ColumnSpan(int From, int To);
