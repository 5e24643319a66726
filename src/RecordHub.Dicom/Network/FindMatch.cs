using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>One match of a C-FIND. Prints no member: it names a patient.</summary>
/// <param name="Identifier">Its attributes, as asked for.</param>
/// <param name="HasUnsupportedKeys">Whether a key that was asked for is not supported (FF01 instead of FF00).</param>
public sealed record FindMatch(DicomDataSet Identifier, bool HasUnsupportedKeys = false)
{
    /// <inheritdoc />
    public override string ToString() => nameof(FindMatch);
}
